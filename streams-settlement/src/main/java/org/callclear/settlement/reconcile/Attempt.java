package org.callclear.settlement.reconcile;

import java.util.Comparator;
import org.callclear.schemas.avro.Agreement;
import org.callclear.schemas.avro.FileGrant;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.FileRoute;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.SettlingSide;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call as it is known now: its reports and what they are to be measured by.
 *
 * @param grant null when the call was not authorized, as far as is known
 * @param route null when the grant has no such leg
 */
record Attempt(
        CallFile file,
        LegState leg,
        @Nullable FileGrant grant,
        @Nullable FileRoute route,
        Sides sides) {
    private static final long MILLIS = 1000;
    private static final Agreement USUAL = new Agreement(2, SettlingSide.TERMINATING, null, 0L);

    static Attempt of(CallFile file, LegState leg) {
        FileGrant grant = file.getGrant();
        return new Attempt(file, leg, grant, Files.route(grant, leg.getLeg()), Sides.of(file, leg.getLeg()));
    }

    /** Whether it may be compared: under a grant, or as traffic that needs none. */
    boolean isAccountable() {
        return route != null || (grant == null && !sides.isEmpty() && Files.isImported(sides.any()));
    }

    /** What governs the comparison: the originating contract's agreement, for imported traffic as far as it is known. */
    Agreement agreement() {
        if (grant != null) {
            return grant.getAgreement();
        }
        FileReport originating = sides.originating();
        if (originating != null && originating.getAgreement() != null) {
            return originating.getAgreement();
        }
        FileReport terminating = sides.terminating();
        return terminating == null || terminating.getAgreement() == null ? USUAL : terminating.getAgreement();
    }

    /** The longest talk time authorized, ms. */
    long most() {
        return route == null ? Long.MAX_VALUE : route.getMaxDurationSeconds() * MILLIS;
    }

    long originationTerms() {
        if (leg.getReratedOrigination() != 0) {
            return leg.getReratedOrigination();
        }
        return grant != null ? grant.getTerms() : terms(sides.originating());
    }

    long terminationTerms() {
        if (leg.getReratedTermination() != 0) {
            return leg.getReratedTermination();
        }
        return route != null ? route.getTerms() : terms(sides.terminating());
    }

    /** Whether both sides have terms: else one would be charged or paid and the other not. */
    boolean isPriced() {
        return originationTerms() != 0 && terminationTerms() != 0;
    }

    String originatingCarrier() {
        return grant != null
                ? grant.getOriginatingCarrier()
                : firstKnown(sides.originating(), sides.terminating()).getOriginatingCarrier();
    }

    /** Empty when nobody has named it. */
    String terminatingCarrier() {
        if (route != null) {
            return route.getTerminatingCarrier();
        }
        String named = firstKnown(sides.terminating(), sides.originating()).getTerminatingCarrier();
        return named == null ? "" : named;
    }

    String called() {
        return grant != null
                ? grant.getCalled()
                : firstKnown(sides.originating(), sides.terminating()).getCalled();
    }

    /** The answer as the terminating side saw it, else as the originating one did; where nobody answered, the set-up likewise. */
    long ratedAt() {
        FileReport terminating = sides.terminating();
        FileReport originating = sides.originating();
        if (terminating != null && Files.isAnswered(terminating)) {
            return terminating.getAnsweredAt();
        }
        if (originating != null && Files.isAnswered(originating)) {
            return originating.getAnsweredAt();
        }
        return sides.any().getSetupAt();
    }

    /** What the reports come to; null while a side is waited for, and for an attempt that nobody answered. */
    @Nullable
    Comparison compared() {
        if (!sides.anyAnswered()) {
            return null;
        }
        if (!isAccountable()) {
            return leg.getGivenUp() && grant == null ? Comparison.nothing(ReconciliationClass.UNAUTHORIZED) : null;
        }
        if (!sides.areBoth()) {
            return leg.getGivenUp() ? Comparison.oneSided(sides, most()) : null;
        }
        return bothThere();
    }

    private Comparison bothThere() {
        FileReport originating = java.util.Objects.requireNonNull(sides.originating());
        FileReport terminating = java.util.Objects.requireNonNull(sides.terminating());
        if (!Files.isAnswered(originating) || !Files.isAnswered(terminating)) {
            return Comparison.oneSided(sides, most());
        }
        long here = Files.talked(originating);
        long there = Files.talked(terminating);
        if (!sameCall(originating, terminating)) {
            return Comparison.contradicted(ReconciliationClass.DESTINATION_MISMATCH, here, there, most());
        }
        if (!areTimesGranted()) {
            return Comparison.contradicted(ReconciliationClass.IMPOSSIBLE_TIME, here, there, most());
        }
        if (isAnsweredTwice()) {
            return Comparison.contradicted(ReconciliationClass.ANSWERED_TWICE, here, there, most());
        }
        if (!isPriced()) {
            return Comparison.nothing(ReconciliationClass.UNRATED);
        }
        return Comparison.ofTalkTimes(agreement(), here, there, most());
    }

    private boolean sameCall(FileReport originating, FileReport terminating) {
        if (grant == null) {
            return originating.getCalled().equals(terminating.getCalled())
                    && originating.getOriginatingCarrier().equals(terminating.getOriginatingCarrier())
                    && java.util.Objects.equals(
                            originating.getTerminatingCarrier(), terminating.getTerminatingCarrier());
        }
        return asGranted(originating) && asGranted(terminating);
    }

    private boolean asGranted(FileReport report) {
        return report.getCalled().equals(called()) && !namesAnotherCarrier(report);
    }

    /** Whether a report names another pair than was authorized; on leg 0, than the side that is gone by. */
    boolean namesAnotherCarrier(FileReport report) {
        String terminating = report.getTerminatingCarrier();
        return !report.getOriginatingCarrier().equals(originatingCarrier())
                || (terminating == null ? grant == null : !terminating.equals(terminatingCarrier()));
    }

    /** Whether the talk time of a report is an overrun. */
    boolean isBeyondMost(FileReport report) {
        return route != null && Files.talked(report) - agreement().getToleranceSeconds() * MILLIS > most();
    }

    /** The times that the grant allows; null when nothing is known of them. */
    @Nullable
    GrantedTimes times() {
        return GrantedTimes.of(grant, route);
    }

    /** Whether no report names a time that the grant rules out. */
    boolean areTimesGranted() {
        GrantedTimes times = times();
        return times == null || (isGranted(times, sides.originating()) && isGranted(times, sides.terminating()));
    }

    private static boolean isGranted(GrantedTimes times, @Nullable FileReport report) {
        return report == null || times.fault(report) == null;
    }

    /** The originating side's report of an answer on another leg, of several that on the first of them; null for none. */
    @Nullable
    FileReport answeredElsewhere() {
        return file.getLegs().stream()
                .filter(this::isAnother)
                .map(other -> Sides.of(file, other.getLeg()).originating())
                .filter(report -> report != null && Files.isAnswered(report))
                .min(Comparator.comparingInt(FileReport::getLeg))
                .orElse(null);
    }

    private boolean isAnother(LegState other) {
        return grant != null && other.getLeg() != leg.getLeg();
    }

    /** Whether the call was answered before on another leg where both sides say so, and was not over there. */
    private boolean isAnsweredTwice() {
        FileReport here = java.util.Objects.requireNonNull(sides.originating());
        for (LegState other : file.getLegs()) {
            if (isAnother(other)) {
                Attempt there = of(file, other);
                FileReport before = there.sides.originating();
                if (before != null && isBefore(before, here) && there.isTold()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** One clock's word: both reports are the originating side's. */
    private static boolean isBefore(FileReport before, FileReport here) {
        boolean first = before.getAnsweredAt() < here.getAnsweredAt()
                || (before.getAnsweredAt() == here.getAnsweredAt() && before.getLeg() < here.getLeg());
        return Files.isAnswered(before) && first && here.getAnsweredAt() <= before.getEndedAt();
    }

    /** Whether both sides tell of an answer that the grant allows. */
    private boolean isTold() {
        FileReport originating = sides.originating();
        FileReport terminating = sides.terminating();
        return originating != null
                && terminating != null
                && Files.isAnswered(originating)
                && Files.isAnswered(terminating)
                && sameCall(originating, terminating)
                && areTimesGranted();
    }

    private static long terms(@Nullable FileReport report) {
        return report == null ? 0 : report.getTerms();
    }

    private static FileReport firstKnown(@Nullable FileReport one, @Nullable FileReport other) {
        FileReport there = one == null ? other : one;
        if (there == null) {
            throw new IllegalStateException("no report is there");
        }
        return there;
    }
}
