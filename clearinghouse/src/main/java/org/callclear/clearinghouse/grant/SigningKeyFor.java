package org.callclear.clearinghouse.grant;

import java.time.Instant;
import java.util.Optional;
import org.callclear.schemas.call.GatewayId;

/** Which key signs for a gateway. */
@FunctionalInterface
public interface SigningKeyFor {
    /** The key's id; empty when nothing may be signed now. */
    Optional<String> keyFor(GatewayId gateway, Instant now);
}
