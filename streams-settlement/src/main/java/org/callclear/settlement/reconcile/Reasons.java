package org.callclear.settlement.reconcile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.FileReport;

/**
 * What was told of the open disputes of a call: what is wrong with its reports. So one knows whether one has to be told again.
 */
final class Reasons {
    private final Map<String, List<Irregular>> byDispute = new HashMap<>();
    private final String callId;

    private Reasons(String callId) {
        this.callId = callId;
    }

    /** As all that is known of the call has it. */
    static Reasons of(CallFile file, String callId) {
        Reasons reasons = new Reasons(callId);
        for (LegState leg : file.getLegs()) {
            if (Disputes.isOpen(leg.getDispute())) {
                reasons.byDispute.put(reasons.id(leg), of(leg, Attempt.of(file, leg)));
            }
        }
        for (FileReport report : file.getReports()) {
            if (Strangers.isOpen(report)) {
                reasons.byDispute.put(Strangers.disputeId(callId, report), List.of(Irregular.ofStranger(file, report)));
            }
        }
        return reasons;
    }

    /** What is wrong with the reports of an attempt, where its sides do not agree. */
    static List<Irregular> of(LegState leg, Attempt attempt) {
        return leg.getIrregularities().isEmpty() ? List.of() : Irregular.of(attempt);
    }

    /** Whether an open dispute over an attempt is to be told otherwise than this; once it is, this is what was told. */
    boolean change(LegState leg, Attempt attempt) {
        return change(id(leg), of(leg, attempt));
    }

    /** The same for an open dispute over a report from no party. */
    boolean change(FileReport report, Irregular why) {
        return change(Strangers.disputeId(callId, report), List.of(why));
    }

    private boolean change(String dispute, List<Irregular> now) {
        List<Irregular> known = byDispute.get(dispute);
        if (known == null || known.equals(now)) {
            return false;
        }
        byDispute.put(dispute, now);
        return true;
    }

    private String id(LegState leg) {
        return callId + "/" + leg.getLeg();
    }
}
