package org.callclear.clearinghouse.limit;

import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.limit.LimitRule;

/**
 * A limit that one more call would go beyond.
 *
 * @param reason which of its maxima
 * @param carrier the originating carrier
 * @param counted what counts now
 * @param most the maximum
 */
public record Strike(DenialReason reason, LimitRule rule, String carrier, String counted, String most) {
    /** One sentence for the operator; the destination is the limit's, no number that was dialled is in it. */
    public String detail() {
        String destination = rule.prefix().equals(LimitRule.EVERY) ? "all destinations" : "prefix " + rule.prefix();
        return "limit " + rule.key() + ": " + field() + " of carrier " + carrier + " to " + destination + ": " + counted
                + ", at most " + most;
    }

    private String field() {
        return switch (reason) {
            case LIMIT_COST -> "maxCostPerHour";
            case LIMIT_CONCURRENT_CALLS -> "maxConcurrentCalls";
            default -> "maxCallsPerSecond";
        };
    }
}
