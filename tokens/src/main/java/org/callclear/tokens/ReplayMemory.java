package org.callclear.tokens;

import java.time.Instant;
import org.callclear.schemas.call.TransactionId;

/** Remembers which tokens were used, until long enough after they expired. Safe for many threads. */
public interface ReplayMemory extends AutoCloseable {
    /**
     * Whether this token is seen for the first time. A yes is given once, and only after it would be remembered by a
     * successor of this process. Call it last: asking uses the token up.
     *
     * @param id the token's {@code jti}
     * @param expires the token's {@code exp}
     * @return false when it was seen before, or expired so long ago that this memory may have forgotten it
     * @throws java.io.UncheckedIOException when it cannot be remembered; the token must then not be accepted
     */
    boolean firstSight(TransactionId id, Instant expires);

    @Override
    void close();
}
