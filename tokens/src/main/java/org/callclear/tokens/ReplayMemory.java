package org.callclear.tokens;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.callclear.schemas.call.TransactionId;

/** Remembers which tokens were used, until long enough after they expired. Safe for many threads. */
public interface ReplayMemory extends AutoCloseable {
    /** What asking for the use of a token came to. */
    enum Use {
        /** This is the token's one use. */
        FIRST,
        /** It was used before, or so long ago that the memory may have forgotten it. */
        REPEATED,
        /** Whether this is the first use cannot be made sure of. The token opens nothing, now or perhaps ever again. */
        UNCONFIRMED
    }

    /**
     * Uses a token up. {@link Use#FIRST} is said once for a token, whoever shares the memory, and only after whoever
     * comes after this process would remember it. Ask for tokens only in which everything else is right, and last.
     * Never blocks longer than a write to a file takes.
     *
     * @param id the token's {@code jti}
     * @param issued the token's {@code iat}
     * @param expires the token's {@code exp}
     * @return never completes exceptionally
     */
    CompletableFuture<Use> use(TransactionId id, Instant issued, Instant expires);

    /** How many tokens it remembers; nothing where it does not count. */
    default long remembered() {
        return 0;
    }

    @Override
    void close();
}
