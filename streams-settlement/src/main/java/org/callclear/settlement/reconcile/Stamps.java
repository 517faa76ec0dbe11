package org.callclear.settlement.reconcile;

import org.callclear.schemas.avro.FileReport;
import org.jspecify.annotations.Nullable;

/**
 * The terms that intake stamped on the reports of an imported attempt. What re-rating set holds only in their place. An
 * authorized attempt has none: it goes by the grant, whose terms never change.
 *
 * @param originating their number in the book of terms; 0 for none
 * @param terminating likewise
 */
record Stamps(long originating, long terminating) {
    private static final Stamps NONE = new Stamps(0, 0);

    static Stamps of(CallFile file, int leg) {
        if (leg != 0) {
            return NONE;
        }
        Sides sides = Sides.of(file, leg);
        return new Stamps(terms(sides.originating()), terms(sides.terminating()));
    }

    /** Lets fall what re-rating set in place of one of these, where another stands now. */
    void letFall(LegState leg, Stamps now) {
        if (originating != now.originating) {
            leg.setReratedOrigination(0);
        }
        if (terminating != now.terminating) {
            leg.setReratedTermination(0);
        }
    }

    private static long terms(@Nullable FileReport report) {
        return report == null ? 0 : report.getTerms();
    }
}
