package org.callclear.clearinghouse.admission;

import java.time.Instant;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;

/**
 * A call that may be looked at: known, active carrier, two E.164 numbers, asked just now.
 *
 * @param sipCallId the Call-ID of the caller's INVITE
 * @param proxy the proxy instance that waits
 * @param maxRoutes 1 to 16
 */
public record AskedCall(
        CallId callId,
        String sipCallId,
        CarrierId originatingCarrier,
        String proxy,
        E164Number calling,
        E164Number called,
        Instant requestedAt,
        int maxRoutes) {}
