package org.callclear.settlement.reconcile;

import java.time.Instant;
import java.util.Objects;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallReport;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.Role;
import org.jspecify.annotations.Nullable;

/** Words what was found about one attempt, given what each side reported. */
record Findings(
        int leg,
        String period,
        @Nullable CallReport originating,
        @Nullable CallReport terminating) {
    static final String OPEN = "OPEN";
    static final String SETTLED_LATE = "SETTLED_LATE";

    ReconciledCall call(Grant grant, GrantedRoute route, ReconciliationClass reconciliation, @Nullable Long settled) {
        return ReconciledCall.newBuilder().setCallId(grant.getCallId()).setLeg(leg).setTransactionId(route.getTransactionId()).setOriginatingCarrier(grant.getOriginatingCarrier()).setTerminatingCarrier(route.getTerminatingCarrier()).setCalled(grant.getCalled()).setReconciliation(reconciliation).setAnsweredAt(answeredAt()).setOriginatingMillis(talked(originating)).setTerminatingMillis(talked(terminating)).setSettledMillis(settled).setPeriod(period).setOrigination(null).setTermination(null).build();
    }

    Dispute dispute(
            String callId,
            @Nullable Grant grant,
            @Nullable GrantedRoute route,
            ReconciliationClass reconciliation,
            String state,
            String detail) {
        CallReport any = Objects.requireNonNull(originating == null ? terminating : originating);
        return Dispute.newBuilder().setDisputeId(callId + "/" + leg).setCallId(callId).setLeg(leg).setOriginatingCarrier(grant == null ? any.getOriginatingCarrier() : grant.getOriginatingCarrier()).setTerminatingCarrier(route == null ? any.getTerminatingCarrier() : route.getTerminatingCarrier()).setReconciliation(reconciliation).setDetail(grant == null ? "no authorization for this attempt is known" : detail).setOriginatingMillis(talked(originating)).setTerminatingMillis(talked(terminating)).setPeriod(period).setState(state).build();
    }

    /** What people are to look into; null when there is nothing. */
    static @Nullable String explain(ReconciliationClass reconciliation) {
        return switch (reconciliation) {
            case DURATION_MISMATCH -> "the talk times differ by more than the tolerance; the smaller one settled";
            case OVERRUN -> "the call was longer than authorized; the authorized duration settled";
            case DESTINATION_MISMATCH ->
                "a report names another number or carrier than was authorized; nothing settled";
            case ONLY_ORIGINATING -> "only the originating side reports an answer; nothing settled";
            case ONLY_TERMINATING -> "only the terminating side reports an answer; nothing settled";
            default -> null;
        };
    }

    static Dispute stranger(String callId, CallReport report, String period) {
        boolean originating = report.getRole() == Role.ORIGINATING;
        return Dispute.newBuilder().setDisputeId(callId + "/" + report.getLeg() + "/" + report.getRole() + "/" + report.getReporter()).setCallId(callId).setLeg(report.getLeg()).setOriginatingCarrier(report.getOriginatingCarrier()).setTerminatingCarrier(report.getTerminatingCarrier()).setReconciliation(ReconciliationClass.UNAUTHORIZED).setDetail("the reporter or the transaction is not the one authorized for this attempt").setOriginatingMillis(originating ? (Long) report.getTalkedMillis() : null).setTerminatingMillis(originating ? null : (Long) report.getTalkedMillis()).setPeriod(period).setState(OPEN).build();
    }

    static CallAttempt attempt(AcceptedCdr accepted, String period) {
        CallDetailRecord cdr = accepted.getCdr();
        return new CallAttempt(
                cdr.getCallId(),
                cdr.getLeg(),
                cdr.getRole(),
                accepted.getReporter(),
                cdr.getOriginatingCarrier(),
                cdr.getTerminatingCarrier(),
                cdr.getSetupAt(),
                cdr.getEndedAt(),
                cdr.getSipStatus(),
                cdr.getQ850Cause(),
                period);
    }

    /** The terminating side saw the answer first-hand; the originating side's clock stands in for it. */
    private Instant answeredAt() {
        if (terminating != null && terminating.getAnsweredAt() != null) {
            return terminating.getAnsweredAt();
        }
        return Objects.requireNonNull(Objects.requireNonNull(originating).getAnsweredAt());
    }

    private static @Nullable Long talked(@Nullable CallReport report) {
        return report == null ? null : report.getTalkedMillis();
    }
}
