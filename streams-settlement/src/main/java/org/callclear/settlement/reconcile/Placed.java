package org.callclear.settlement.reconcile;

import org.callclear.schemas.avro.RateTerms;
import org.jspecify.annotations.Nullable;

/**
 * Where an amount stands in time.
 *
 * @param period id of the settlement period that it is posted to
 * @param origin id of the period that it belongs to, where it came too late for that one; else null
 * @param day the day it was rated at, in the period's zone, in days since 1970
 */
public record Placed(String period, @Nullable String origin, int day) {
    /** Places amounts as a partition of the journal stands. */
    public interface Placing {
        /** @param ratedAt ms since 1970 */
        Placed place(RateTerms terms, long ratedAt);
    }
}
