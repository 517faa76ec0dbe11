package org.callclear.proxy.call;

import java.time.Duration;

/**
 * How long a call waits for what.
 *
 * @param maxGateways the most gateways to try, 1 to 16
 * @param authorizationTimeout wait for the clearinghouse
 * @param setupTimeout wait for a gateway's first sign
 * @param ringingTimeout from the first sign of the called side to its answer
 */
public record CallPolicy(
        int maxGateways, Duration authorizationTimeout, Duration setupTimeout, Duration ringingTimeout) {
    /** What a caller is told to wait after 503 (RFC 3261, 20.33). */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /**
     * How much longer than the authorized duration this side waits for the gateway to end the call. Only a gateway that
     * is gone lets it pass.
     */
    public static final Duration TALK_GRACE = Duration.ofSeconds(10);

    /** A decision that took longer says that the clearinghouse is behind. */
    public Duration lateAfter() {
        return authorizationTimeout.dividedBy(6);
    }

    /** How long after the first request, and after each further one, an unanswered request is sent again. */
    public Duration askAgainAfter() {
        return authorizationTimeout.dividedBy(3);
    }
}
