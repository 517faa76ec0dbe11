package org.callclear.systemtests.oracle;

import java.time.Instant;
import org.callclear.schemas.avro.RateTerms;
import org.jspecify.annotations.Nullable;

/**
 * What the books hold of an attempt.
 *
 * @param origination null: that side has no price, and nothing is posted for it; likewise the other
 * @param settled ms that settled; null when nothing did
 * @param claimed ms that are withheld for; null when nothing is
 * @param found the class that it is withheld by; null when nothing is
 */
record PlainEntry(
        Instant ratedAt,
        String from,
        String to,
        @Nullable RateTerms origination,
        @Nullable RateTerms termination,
        @Nullable Long settled,
        @Nullable Long claimed,
        @Nullable String found,
        boolean attempt) {
    /** What stands on the carrier's account of that side. */
    @Nullable
    PlainPrice price(RateTerms terms) {
        if (attempt) {
            return PlainPrice.ofAttempt(terms);
        }
        return settled == null ? null : PlainPrice.ofTalk(terms, ratedAt, settled);
    }

    /** What is withheld on that side. */
    PlainPrice withheld(RateTerms terms) {
        if (claimed == null) {
            return PlainPrice.NOTHING;
        }
        PlainPrice standing = price(terms);
        return PlainPrice.ofTalk(terms, ratedAt, claimed).minus(standing == null ? PlainPrice.NOTHING : standing);
    }
}
