package org.callclear.settlement.reconcile;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Evidence;
import org.callclear.schemas.avro.FileDispute;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.Withheld;
import org.callclear.schemas.rating.Billing;
import org.jspecify.annotations.Nullable;

/** Writes down a dispute with its evidence: both reports and what the talk time in dispute would cost by the terms. */
record DisputeText(Attempt attempt, TermsBook book, Moment now, LegReview.Event event) {
    private static final String NO_LONGER = "what was disputed no longer is";

    Dispute of(FileDispute dispute) {
        Sides sides = attempt.sides();
        List<Irregular> wrong = Reasons.of(attempt.leg(), attempt);
        boolean known = !sides.isEmpty();
        long ratedAt = known ? attempt.ratedAt() : now.logMillis();
        RateTerms owed = terms(known || attempt.grant() != null ? attempt.originationTerms() : 0);
        RateTerms due = terms(known || attempt.route() != null ? attempt.terminationTerms() : 0);
        return new Dispute(
                now.callId() + "/" + attempt.leg().getLeg(),
                now.callId(),
                attempt.leg().getLeg(),
                known || attempt.grant() != null ? attempt.originatingCarrier() : "",
                known || attempt.route() != null ? attempt.terminatingCarrier() : null,
                reconciliation(dispute),
                Irregular.explained(explain(dispute), wrong),
                CallText.talked(sides.originating()),
                CallText.talked(sides.terminating()),
                owed == null ? "" : now.placing().place(owed, ratedAt).period(),
                dispute.getState(),
                dispute.getRevision(),
                CallText.orNull(settles(dispute)),
                CallText.orNull(dispute.getClaimedMillis()),
                withheld(dispute, owed, ratedAt),
                withheld(dispute, due, ratedAt),
                evidence(sides),
                Instant.ofEpochMilli(now.logMillis()),
                event.commandId(),
                event.by(),
                event.reason(),
                attempt.leg().getIrregularities());
    }

    /**
     * The dispute over a report that is from no party of the attempt it names.
     *
     * @param why it is from none; null when that is so no longer
     */
    static Dispute stranger(FileReport report, @Nullable Irregular why, Moment now, LegReview.Event event) {
        boolean originating = report.getRole() == Role.ORIGINATING;
        return Dispute.newBuilder()
                .setDisputeId(Strangers.disputeId(now.callId(), report))
                .setCallId(now.callId())
                .setLeg(report.getLeg())
                .setOriginatingCarrier(report.getOriginatingCarrier())
                .setTerminatingCarrier(report.getTerminatingCarrier())
                .setReconciliation(ReconciliationClass.UNAUTHORIZED)
                .setDetail(why == null ? NO_LONGER : why.sentence())
                .setIrregularities(why == null ? List.of() : List.of(why.kind()))
                .setOriginatingMillis(originating ? (Long) Files.talked(report) : null)
                .setTerminatingMillis(originating ? null : (Long) Files.talked(report))
                .setPeriod("")
                .setState(report.getStrangerState())
                .setRevision(report.getStrangerRevision())
                .setEvidence(List.of(evidence(report)))
                .setChangedAt(Instant.ofEpochMilli(now.logMillis()))
                .setCommandId(event.commandId())
                .setDecidedBy(event.by())
                .setReason(event.reason())
                .build();
    }

    private ReconciliationClass reconciliation(FileDispute dispute) {
        return dispute.getReconciliation() == ReconciliationClass.UNKNOWN_CLASS
                ? attempt.leg().getReconciliation()
                : dispute.getReconciliation();
    }

    private static long settles(FileDispute dispute) {
        return switch (dispute.getState()) {
            case Disputes.ACCEPTED -> dispute.getClaimedMillis();
            case Disputes.SPLIT -> dispute.getSplitMillis();
            default -> dispute.getSettledMillis();
        };
    }

    private @Nullable Withheld withheld(FileDispute dispute, @Nullable RateTerms terms, long ratedAt) {
        if (terms == null || dispute.getClaimedMillis() == Files.NONE) {
            return null;
        }
        BigDecimal whole = posted(dispute.getClaimedMillis(), terms, ratedAt);
        BigDecimal less = dispute.getSettledMillis() == Files.NONE
                ? BigDecimal.ZERO.setScale(Billing.POSTING_SCALE)
                : posted(dispute.getSettledMillis(), terms, ratedAt);
        return new Withheld(whole.subtract(less), terms.getCurrency(), terms);
    }

    private static BigDecimal posted(long talked, RateTerms terms, long ratedAt) {
        return Billing.posted(
                Billing.price(talked, Instant.ofEpochMilli(ratedAt), terms).exact(), terms);
    }

    private @Nullable RateTerms terms(long number) {
        return number == 0 ? null : book.terms(number);
    }

    private static List<Evidence> evidence(Sides sides) {
        return Stream.of(sides.originating(), sides.terminating())
                .filter(java.util.Objects::nonNull)
                .map(DisputeText::evidence)
                .toList();
    }

    private static Evidence evidence(FileReport report) {
        return new Evidence(
                report.getRole(),
                report.getReporter(),
                report.getVersion(),
                report.getTransactionId(),
                report.getCalling(),
                report.getCalled(),
                Instant.ofEpochMilli(report.getSetupAt()),
                Files.isAnswered(report) ? Instant.ofEpochMilli(report.getAnsweredAt()) : null,
                Instant.ofEpochMilli(report.getEndedAt()),
                report.getSipStatus(),
                report.getQ850Cause(),
                report.getSourcePartition(),
                report.getSourceOffset());
    }

    private static String explain(FileDispute dispute) {
        return switch (dispute.getReconciliation()) {
            case DURATION_MISMATCH -> "the talk times differ by more than the tolerance; the smaller one settled";
            case OVERRUN -> "the call was longer than authorized; the authorized duration settled";
            case DESTINATION_MISMATCH -> "a report names another number or carrier than the other or the grant";
            case ONLY_ORIGINATING -> "only the originating side reports an answer";
            case ONLY_TERMINATING -> "only the terminating side reports an answer";
            case UNAUTHORIZED -> "no authorization for this attempt is known";
            case IMPOSSIBLE_TIME -> "a report names a time that the grant rules out";
            case ANSWERED_TWICE -> "the call was answered before on another leg, and was not over there";
            case UNRATED -> "a side has no contract or no rate for this number";
            default -> NO_LONGER;
        };
    }
}
