package org.callclear.settlement.reconcile;

import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallFile;
import org.callclear.schemas.avro.CallLeg;
import org.callclear.schemas.avro.CallReport;
import org.callclear.schemas.avro.Grant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the file of a call: the grant and the reports, in whatever order they come. A call settles when the grant and
 * both reports are there; what is still one-sided when its time is up is disputed, and settles late if the rest comes.
 *
 * <p>Time here is the journal's: the latest instant that any record of the partition carried.
 */
public final class Reconciliation {
    private final long oneSidedDelayMillis;

    /** @param oneSidedDelayMillis how long one side waits for the other, in log time */
    public Reconciliation(long oneSidedDelayMillis) {
        this.oneSidedDelayMillis = oneSidedDelayMillis;
    }

    /** The call, and the journal's time and period when something happens to it. */
    public record Moment(String callId, long logMillis, String period) {}

    /** The file afterwards, and what was found. */
    public record Step(CallFile file, List<Finding> findings) {}

    /** The file of a call nobody has heard of. */
    public static CallFile empty() {
        return new CallFile(null, List.of(), List.of());
    }

    /** The grant came. Only the first one of a call counts: the clearinghouse may write it again after a restart. */
    public Step granted(CallFile file, Grant grant, Moment now) {
        if (file.getGrant() != null) {
            return new Step(file, List.of());
        }
        List<Finding> findings = new ArrayList<>();
        CallFile next = new CallFile(grant, file.getReports(), file.getLegs());
        for (CallLeg leg : file.getLegs()) {
            next = new LegReview(next, leg.getLeg(), now, oneSidedDelayMillis, findings).onNews();
        }
        return new Step(next, findings);
    }

    /** A side's first report of an attempt came. */
    public Step reported(CallFile file, AcceptedCdr accepted, Moment now) {
        CallDetailRecord cdr = accepted.getCdr();
        List<Finding> findings = new ArrayList<>();
        if (cdr.getAnsweredAt() == null) {
            findings.add(new Finding.Attempted(Findings.attempt(accepted, now.period())));
        }
        List<CallReport> reports = new ArrayList<>(file.getReports());
        reports.add(report(accepted));
        List<CallLeg> legs = new ArrayList<>(file.getLegs());
        if (find(file, cdr.getLeg()) == null) {
            legs.add(new CallLeg(cdr.getLeg(), 0L, null, false));
        }
        CallFile next = new CallFile(file.getGrant(), reports, legs);
        return new Step(new LegReview(next, cdr.getLeg(), now, oneSidedDelayMillis, findings).onNews(), findings);
    }

    /** The time is up that an attempt waited for its other side. */
    public Step timeIsUp(CallFile file, int leg, Moment now) {
        List<Finding> findings = new ArrayList<>();
        return new Step(new LegReview(file, leg, now, oneSidedDelayMillis, findings).onTimeUp(), findings);
    }

    static @Nullable CallLeg find(CallFile file, int leg) {
        return file.getLegs().stream()
                .filter(known -> known.getLeg() == leg)
                .findFirst()
                .orElse(null);
    }

    private static CallReport report(AcceptedCdr accepted) {
        CallDetailRecord cdr = accepted.getCdr();
        long talked = cdr.getAnsweredAt() == null
                ? 0
                : cdr.getEndedAt().toEpochMilli() - cdr.getAnsweredAt().toEpochMilli();
        return new CallReport(
                cdr.getLeg(),
                cdr.getRole(),
                accepted.getReporter(),
                cdr.getTransactionId(),
                cdr.getOriginatingCarrier(),
                cdr.getTerminatingCarrier(),
                cdr.getCalled(),
                cdr.getAnsweredAt(),
                talked,
                false);
    }
}
