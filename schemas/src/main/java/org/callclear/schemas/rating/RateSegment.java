package org.callclear.schemas.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.jspecify.annotations.Nullable;

/**
 * Billed seconds that cost the same rate: the blocks, initial seconds or increments, that begin while it is in force.
 *
 * @param since when the rate came into force during the call; null for the rate the call was agreed at
 * @param prefix of the row that holds
 * @param ratePerMinute in units of the currency
 * @param from billed seconds before this segment
 * @param seconds billed in it, at least 1
 */
record RateSegment(@Nullable Instant since, String prefix, BigDecimal ratePerMinute, long from, long seconds) {

    /**
     * The segments of a call, in order; they add up to its billed seconds. However long the call, the work is that of
     * the number of rate changes.
     *
     * @param ratedAt the answer: the first block begins here
     */
    static List<RateSegment> of(long billedSeconds, Instant ratedAt, RateTerms terms) {
        List<RateSegment> segments = new ArrayList<>();
        @Nullable RateChange inForce = null;
        long from = 0;
        for (RateChange change : terms.getRateChanges()) {
            long to = Math.min(billedSeconds, begunBefore(change.getAt(), ratedAt, terms));
            from = append(segments, inForce, from, to, terms);
            inForce = change;
        }
        append(segments, inForce, from, billedSeconds, terms);
        return segments;
    }

    /**
     * Seconds in blocks that begin before an instant: a block's end is what is billed for any talk that ends within it.
     */
    private static long begunBefore(Instant at, Instant ratedAt, RateTerms terms) {
        long millis = Math.subtractExact(at.toEpochMilli(), ratedAt.toEpochMilli());
        return millis <= 0 ? 0 : Billing.inBlocks(Math.ceilDiv(millis, Billing.MILLIS), terms);
    }

    private static long append(
            List<RateSegment> segments, @Nullable RateChange inForce, long from, long to, RateTerms terms) {
        if (to <= from) {
            return from;
        }
        segments.add(
                inForce == null
                        ? new RateSegment(null, terms.getPrefix(), terms.getRatePerMinute(), from, to - from)
                        : new RateSegment(
                                inForce.getAt(), inForce.getPrefix(), inForce.getRatePerMinute(), from, to - from));
        return to;
    }
}
