package org.callclear.settlement.reconcile;

import java.util.List;
import org.callclear.schemas.avro.FileReport;
import org.jspecify.annotations.Nullable;

/** Answered reports that are from no party of the attempt they name. They never count, and each is a dispute of its own. */
final class Strangers {
    private Strangers() {}

    /** The id of the dispute over such a report. */
    static String disputeId(String callId, FileReport report) {
        return callId + "/" + report.getLeg() + "/" + report.getRole() + "/" + report.getReporter();
    }

    /** Whether such a dispute is open over the report. */
    static boolean isOpen(FileReport report) {
        return report.getStrangerState().equals(Disputes.OPEN);
    }

    static @Nullable FileReport find(CallFile file, String callId, String disputeId) {
        for (FileReport report : file.getReports()) {
            if (!report.getStrangerState().isEmpty()
                    && disputeId(callId, report).equals(disputeId)) {
                return report;
            }
        }
        return null;
    }

    /** Opens and ends the disputes over the reports of an attempt. */
    static void review(CallFile file, int leg, Moment now, LegReview.Event event, List<Finding> findings) {
        Sides sides = Sides.of(file, leg);
        for (FileReport report : List.copyOf(file.getReports())) {
            if (report.getLeg() == leg) {
                boolean stranger = isStranger(file, sides, report);
                boolean open = isOpen(report);
                if (stranger && report.getStrangerState().isEmpty()) {
                    set(file, report, Disputes.OPEN, now, event, findings);
                } else if (!stranger && open) {
                    FileReport over = set(file, report, Disputes.WITHDRAWN, now, LegReview.Event.of(""), findings);
                    file.replace(over, Files.asStranger(over, over.getEarlier(), "", over.getStrangerRevision()));
                }
            }
        }
    }

    static FileReport set(
            CallFile file, FileReport report, String state, Moment now, LegReview.Event event, List<Finding> findings) {
        FileReport next = Files.asStranger(report, report.getEarlier(), state, report.getStrangerRevision() + 1);
        file.replace(report, next);
        findings.add(new Finding.Disputed(DisputeText.stranger(file, next, now, event)));
        return next;
    }

    private static boolean isStranger(CallFile file, Sides sides, FileReport report) {
        if (!Files.isAnswered(report) || sides.has(report)) {
            return false;
        }
        return file.getGrant() != null
                || (report.getLeg() == 0 && (sides.areBoth() || isBesideImported(sides, report)));
    }

    /** A report with a transaction id, where another is there of a call that needs none. */
    private static boolean isBesideImported(Sides sides, FileReport report) {
        return !Files.isImported(report) && !sides.isEmpty() && Files.isImported(sides.any());
    }
}
