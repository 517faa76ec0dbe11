package org.callclear.systemtests.oracle;

import java.time.Instant;
import org.callclear.schemas.avro.RateTerms;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt comes to by the table, before disputes are decided.
 *
 * @param found name of the class; ATTEMPT when neither side answered
 * @param settled ms that settle; null when nothing does
 * @param claimed ms that are claimed; null when nothing is
 * @param price who and by what
 */
record Finding(
        String found, @Nullable Long settled, @Nullable Long claimed, Basis price) {
    /** Who owes, who is due, since when and by what terms; null terms: that side cannot be priced. */
    record Basis(
            Instant ratedAt,
            String from,
            String to,
            @Nullable RateTerms origination,
            @Nullable RateTerms termination) {
        boolean isPriced() {
            return origination != null && termination != null;
        }
    }

    boolean isAttempt() {
        return found.equals("ATTEMPT");
    }

    boolean isDisputable() {
        return !isAttempt()
                && !found.equals("MATCHED")
                && !found.equals("MATCHED_WITHIN_TOLERANCE")
                && !(found.equals("DURATION_MISMATCH") && claimed == null);
    }

    /** Nothing is claimed where neither side has a price, or where it would not be more than settles. */
    Finding bounded() {
        boolean more = claimed != null && (settled == null || claimed > settled);
        boolean priced = price.origination() != null || price.termination() != null;
        return more && priced ? this : letGo();
    }

    /** Nothing more is claimed, as within a gate. */
    Finding letGo() {
        return new Finding(found, settled, null, price);
    }

    /** Class, settled and claimed in one word, to tell whether a decision still stands. */
    String outline() {
        return found + " " + settled + " " + claimed;
    }
}
