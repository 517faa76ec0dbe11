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

    /** Opens and ends the disputes over the reports of an attempt, and tells those again that are open for another reason. */
    static void review(CallFile file, int leg, Occasion why) {
        Sides sides = Sides.of(file, leg);
        for (FileReport report : List.copyOf(file.getReports())) {
            if (report.getLeg() == leg) {
                review(file, sides, report, why);
            }
        }
    }

    private static void review(CallFile file, Sides sides, FileReport report, Occasion why) {
        boolean known = !report.getStrangerState().isEmpty();
        if (!isStranger(file, sides, report)) {
            if (known) {
                withdraw(file, report, why);
            }
        } else if (!known || why.told().change(report, Irregular.ofStranger(file, report))) {
            tell(file, report, Disputes.OPEN, why);
        }
    }

    /** The report is from a party now, or claims nothing: nothing is wrong with it any more. */
    private static void withdraw(CallFile file, FileReport report, Occasion why) {
        FileReport over = with(file, report, Disputes.WITHDRAWN);
        why.findings().add(new Finding.Disputed(DisputeText.stranger(over, null, why.now(), LegReview.Event.of(""))));
        file.replace(over, Files.asStranger(over, over.getEarlier(), "", over.getStrangerRevision()));
    }

    /** The dispute over a report from no party stands otherwise: it was opened or decided, or is told for another reason. */
    static void tell(CallFile file, FileReport report, String state, Occasion why) {
        FileReport next = with(file, report, state);
        Irregular wrong = Irregular.ofStranger(file, next);
        why.findings().add(new Finding.Disputed(DisputeText.stranger(next, wrong, why.now(), why.event())));
    }

    private static FileReport with(CallFile file, FileReport report, String state) {
        FileReport next = Files.asStranger(report, report.getEarlier(), state, report.getStrangerRevision() + 1);
        file.replace(report, next);
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
