package org.callclear.settlement.reconcile;

import org.callclear.schemas.avro.CallReport;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.ReconciliationClass;
import org.jspecify.annotations.Nullable;

/**
 * What two reports of one authorized attempt come to.
 *
 * @param reconciliation the class
 * @param settledMillis the talk time that settles; null when nothing does
 */
record Comparison(
        ReconciliationClass reconciliation, @Nullable Long settledMillis) {
    private static final long MILLIS = 1000;

    /** Both sides reported; at least one says the call was answered. */
    static Comparison of(Grant grant, GrantedRoute route, CallReport originating, CallReport terminating) {
        if (terminating.getAnsweredAt() == null) {
            return new Comparison(ReconciliationClass.ONLY_ORIGINATING, null);
        }
        if (originating.getAnsweredAt() == null) {
            return new Comparison(ReconciliationClass.ONLY_TERMINATING, null);
        }
        if (!sameDestination(grant, route, originating) || !sameDestination(grant, route, terminating)) {
            return new Comparison(ReconciliationClass.DESTINATION_MISMATCH, null);
        }
        return ofTalkTimes(grant, route, originating.getTalkedMillis(), terminating.getTalkedMillis());
    }

    private static Comparison ofTalkTimes(Grant grant, GrantedRoute route, long originating, long terminating) {
        long tolerance = grant.getToleranceSeconds() * MILLIS;
        long most = route.getMaxDurationSeconds() * MILLIS;
        long difference = Math.abs(originating - terminating);
        long settles =
                difference > tolerance ? Math.min(originating, terminating) : chosen(grant, originating, terminating);
        // A gateway hangs up at the limit but the other side hears of it a moment later: that is no overrun.
        if (settles > most + tolerance) {
            return new Comparison(ReconciliationClass.OVERRUN, most);
        }
        return new Comparison(classOf(difference, tolerance), Math.min(settles, most));
    }

    private static ReconciliationClass classOf(long difference, long tolerance) {
        if (difference == 0) {
            return ReconciliationClass.MATCHED;
        }
        return difference <= tolerance
                ? ReconciliationClass.MATCHED_WITHIN_TOLERANCE
                : ReconciliationClass.DURATION_MISMATCH;
    }

    private static long chosen(Grant grant, long originating, long terminating) {
        return switch (grant.getSettlingSide()) {
            case TERMINATING -> terminating;
            case ORIGINATING -> originating;
            case MIN -> Math.min(originating, terminating);
            case MAX -> Math.max(originating, terminating);
        };
    }

    private static boolean sameDestination(Grant grant, GrantedRoute route, CallReport report) {
        String terminating = report.getTerminatingCarrier();
        return report.getCalled().equals(grant.getCalled())
                && report.getOriginatingCarrier().equals(grant.getOriginatingCarrier())
                && (terminating == null || terminating.equals(route.getTerminatingCarrier()));
    }
}
