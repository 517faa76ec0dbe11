package org.callclear.settlement.reconcile;

import java.util.List;
import java.util.Objects;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.FileDispute;
import org.callclear.schemas.avro.FileEntry;
import org.callclear.schemas.avro.Irregularity;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciliationClass;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one attempt of a call after something happened, and says what changed: judged anew each time from all that is
 * known, so that the order in which it became known plays no part. Lives for one look.
 */
final class LegReview {
    private static final String FIRST = "FIRST";

    private final LegState leg;
    private final TermsBook book;
    private final Moment now;
    private final Event event;
    private final Reasons told;
    private final List<Finding> findings;
    private final Attempt attempt;

    LegReview(CallFile file, LegState leg, TermsBook book, Occasion why) {
        this.leg = leg;
        this.book = book;
        this.now = why.now();
        this.event = why.event();
        this.told = why.told();
        this.findings = why.findings();
        this.attempt = Attempt.of(file, leg);
    }

    /**
     * Why one looks.
     *
     * @param cause CORRECTION, LATE_REPORT, RESOLUTION or RERATE; the first time it is FIRST whatever stands here
     * @param commandId the command behind it; empty for none
     * @param by who asked; empty for nobody
     * @param reason why; empty for none
     */
    record Event(String cause, String commandId, String by, String reason) {
        static Event of(String cause) {
            return new Event(cause, "", "", "");
        }
    }

    /** @param decided whether the command that one looks for has just decided the dispute */
    void look(boolean decided) {
        awaitOrNot();
        Comparison found = gated(attempt.compared());
        FileDispute stood = leg.getDispute();
        FileDispute dispute = Disputes.next(stood, found, attempt.isPriced());
        leg.setDispute(dispute);
        List<Irregularity> known = leg.getIrregularities();
        leg.setIrregularities(irregularities(found));
        boolean otherwise = !known.equals(leg.getIrregularities());
        boolean changed = change(found, entry(found, dispute), otherwise);
        boolean reworded = told.change(leg, attempt);
        tell(dispute, decided || !Objects.equals(stood, dispute), changed || otherwise || reworded);
    }

    private List<Irregularity> irregularities(@Nullable Comparison found) {
        return found == null || found.matches() ? List.of() : Irregular.kinds(Irregular.of(attempt));
    }

    private void awaitOrNot() {
        boolean waits = !leg.getGivenUp()
                && attempt.sides().anyAnswered()
                && !(attempt.isAccountable() && attempt.sides().areBoth());
        leg.setWaitsSince(waits ? attempt.sides().firstAnswerTakenIn() : 0L);
    }

    private @Nullable Comparison gated(@Nullable Comparison found) {
        if (found == null || found.claimed() == Files.NONE) {
            return found;
        }
        long number = attempt.originationTerms() != 0 ? attempt.originationTerms() : attempt.terminationTerms();
        if (number == 0) {
            return found.unpriced();
        }
        DisputeGate gate = attempt.agreement().getGate();
        return gate == null || Gate.lets(gate, book.terms(number), attempt.ratedAt(), found.settled(), found.claimed())
                ? found
                : found.withoutClaim();
    }

    private @Nullable FileEntry entry(@Nullable Comparison found, @Nullable FileDispute dispute) {
        if (found == null) {
            return attemptFee();
        }
        long settled = Disputes.settled(found, dispute);
        long claimed = Disputes.claimed(found, dispute);
        return settled == Files.NONE && claimed == Files.NONE
                ? null
                : entry(found.reconciliation(), settled, claimed, false);
    }

    private @Nullable FileEntry attemptFee() {
        Sides sides = attempt.sides();
        boolean unanswered = attempt.isAccountable() && sides.areBoth() && !sides.anyAnswered();
        return unanswered
                        && attempt.areTimesGranted()
                        && (hasFee(attempt.originationTerms()) || hasFee(attempt.terminationTerms()))
                ? entry(ReconciliationClass.MATCHED, Files.NONE, Files.NONE, true)
                : null;
    }

    private boolean hasFee(long terms) {
        return terms != 0 && book.terms(terms).getAttemptFee().signum() != 0;
    }

    private FileEntry entry(ReconciliationClass found, long settled, long claimed, boolean isAttempt) {
        return new FileEntry(
                found,
                attempt.originatingCarrier(),
                attempt.terminatingCarrier(),
                attempt.ratedAt(),
                settled,
                claimed,
                attempt.originationTerms(),
                attempt.terminationTerms(),
                isAttempt);
    }

    /** Whether the books change. What is wrong with the reports may change though they do not. */
    private boolean change(@Nullable Comparison found, @Nullable FileEntry entry, boolean otherwise) {
        ReconciliationClass reconciliation = found == null ? ReconciliationClass.UNKNOWN_CLASS : found.reconciliation();
        FileEntry before = leg.getEntry();
        boolean other = !same(before, entry);
        if (other || otherwise || reconciliation != leg.getReconciliation()) {
            leg.setReconciliation(reconciliation);
            leg.setEntry(entry);
            leg.setRevision(leg.getRevision() + 1);
            findings.add(other ? rebooked(before, entry) : renamed(entry));
        }
        return other;
    }

    private Finding rebooked(@Nullable FileEntry before, @Nullable FileEntry entry) {
        Standing old = before == null ? null : standing(before, entryId(leg.getEntries()));
        String reversal = old == null ? "" : nextEntry();
        Standing next = entry == null ? null : standing(entry, nextEntry());
        return new Finding.Changed(
                CallText.of(attempt, leg, now, next, cause()), reversal, old, next, cause(), event.commandId());
    }

    private Finding renamed(@Nullable FileEntry entry) {
        Standing same = entry == null ? null : standing(entry, entryId(leg.getEntries()));
        return new Finding.Changed(
                CallText.of(attempt, leg, now, same, cause()), "", null, null, cause(), event.commandId());
    }

    private void tell(@Nullable FileDispute dispute, boolean decided, boolean changed) {
        if (dispute == null) {
            return;
        }
        boolean moved = changed && dispute.getState().equals(Disputes.OPEN);
        FileDispute next = moved && !decided ? Disputes.again(dispute) : dispute;
        leg.setDispute(next);
        if (decided || moved) {
            findings.add(new Finding.Disputed(new DisputeText(attempt, book, now, event).of(next)));
        }
    }

    private String cause() {
        return leg.getRevision() == 1 ? FIRST : event.cause();
    }

    private String nextEntry() {
        leg.setEntries(leg.getEntries() + 1);
        return entryId(leg.getEntries());
    }

    private String entryId(int number) {
        String attemptId = now.callId() + "/" + leg.getLeg();
        return number == 1 ? attemptId : attemptId + "/" + number;
    }

    private Standing standing(FileEntry entry, String id) {
        RateTerms owed = entry.getOriginationTerms() == 0 ? null : book.terms(entry.getOriginationTerms());
        RateTerms due = entry.getTerminationTerms() == 0 ? null : book.terms(entry.getTerminationTerms());
        return new Standing(
                entry,
                id,
                owed,
                due,
                owed == null ? null : now.placing().place(owed, entry.getRatedAt()),
                due == null ? null : now.placing().place(due, entry.getRatedAt()));
    }

    /** Whether the books would hold the same; a class alone changes nothing in them, but where statements tell what is withheld by it. */
    private static boolean same(@Nullable FileEntry one, @Nullable FileEntry other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.getSettledMillis() == other.getSettledMillis()
                && one.getClaimedMillis() == other.getClaimedMillis()
                && (one.getClaimedMillis() == Files.NONE || one.getReconciliation() == other.getReconciliation())
                && one.getRatedAt() == other.getRatedAt()
                && one.getOriginationTerms() == other.getOriginationTerms()
                && one.getTerminationTerms() == other.getTerminationTerms()
                && one.getAttempt() == other.getAttempt()
                && one.getOriginatingCarrier().equals(other.getOriginatingCarrier())
                && one.getTerminatingCarrier().equals(other.getTerminatingCarrier());
    }
}
