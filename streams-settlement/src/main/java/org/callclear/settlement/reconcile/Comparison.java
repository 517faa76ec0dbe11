package org.callclear.settlement.reconcile;

import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.ReconciliationClass;

/**
 * What the reports of an attempt come to, before any dispute is decided.
 *
 * @param reconciliation the class
 * @param settled the talk time that settles, ms; {@link Files#NONE} when nothing does
 * @param claimed the longer talk time that one side claims, ms; {@link Files#NONE} when none does
 * @param letGo whether the difference is within the contract's dispute gate
 */
record Comparison(ReconciliationClass reconciliation, long settled, long claimed, boolean letGo) {
    private static final long MILLIS = 1000;

    /** Whether the two sides agree. */
    boolean matches() {
        return reconciliation == ReconciliationClass.MATCHED
                || reconciliation == ReconciliationClass.MATCHED_WITHIN_TOLERANCE;
    }

    /** Whether people are to decide: the sides disagree, and either something is claimed or nothing could settle. */
    boolean disputed() {
        return !matches() && !letGo && (claimed != Files.NONE || settled == Files.NONE);
    }

    /** The same with nothing claimed, as it is too little to dispute. */
    Comparison withoutClaim() {
        return new Comparison(reconciliation, settled, Files.NONE, true);
    }

    /** The same with nothing claimed, as nothing can price it. */
    Comparison unpriced() {
        return new Comparison(reconciliation, settled, Files.NONE, false);
    }

    private Comparison(ReconciliationClass reconciliation, long settled, long claimed) {
        this(reconciliation, settled, claimed, false);
    }

    /** Nothing settles, and nothing can be claimed. */
    static Comparison nothing(ReconciliationClass reconciliation) {
        return new Comparison(reconciliation, Files.NONE, Files.NONE);
    }

    /**
     * One side says it was answered, and the other says it was not, or is no longer waited for.
     *
     * @param most the longest talk time authorized, ms
     */
    static Comparison oneSided(Sides sides, long most) {
        FileReport terminating = sides.terminating();
        if (terminating != null && Files.isAnswered(terminating)) {
            return new Comparison(
                    ReconciliationClass.ONLY_TERMINATING, Files.NONE, Math.min(Files.talked(terminating), most));
        }
        FileReport originating = java.util.Objects.requireNonNull(sides.originating());
        return new Comparison(
                ReconciliationClass.ONLY_ORIGINATING, Files.NONE, Math.min(Files.talked(originating), most));
    }

    /** Both sides say it was answered, but something else that is known says it was not this call, not then or not here. */
    static Comparison contradicted(ReconciliationClass found, long originating, long terminating, long most) {
        return new Comparison(found, Files.NONE, Math.min(Math.min(originating, terminating), most));
    }

    /** Both sides say it was answered, and name the same call. */
    static Comparison ofTalkTimes(Agreement agreement, long originating, long terminating, long most) {
        long tolerance = agreement.getToleranceSeconds() * MILLIS;
        long difference = Math.abs(originating - terminating);
        long chosen = difference > tolerance
                ? Math.min(originating, terminating)
                : chosen(agreement, originating, terminating);
        // A gateway hangs up at the limit but the other side hears of it a moment later: that is no overrun.
        if (chosen - tolerance > most) {
            return new Comparison(ReconciliationClass.OVERRUN, most, chosen);
        }
        if (difference <= tolerance) {
            ReconciliationClass agreed =
                    difference == 0 ? ReconciliationClass.MATCHED : ReconciliationClass.MATCHED_WITHIN_TOLERANCE;
            return new Comparison(agreed, Math.min(chosen, most), Files.NONE);
        }
        long settled = Math.min(chosen, most);
        long claimed = Math.min(Math.max(originating, terminating), most);
        return new Comparison(ReconciliationClass.DURATION_MISMATCH, settled, claimed > settled ? claimed : Files.NONE);
    }

    private static long chosen(Agreement agreement, long originating, long terminating) {
        return switch (agreement.getSettlingSide()) {
            case TERMINATING -> terminating;
            case ORIGINATING -> originating;
            case MIN -> Math.min(originating, terminating);
            case MAX -> Math.max(originating, terminating);
        };
    }
}
