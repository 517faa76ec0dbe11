package org.callclear.app.command;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.callclear.app.logview.Numbers;
import org.callclear.app.logview.PlainText;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Evidence;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Withheld;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.jspecify.annotations.Nullable;

/** Disputes for people to read. Talk times in seconds with three decimals, instants in UTC, numbers as the reader may see them. */
final class DisputeText {
    private static final String NOTHING = "-";
    private static final String OPEN = "OPEN";

    private DisputeText() {}

    /** As they stand, a line each. */
    static String list(List<Dispute> disputes) {
        if (disputes.isEmpty()) {
            return "No disputes.";
        }
        TextTable table = new TextTable(
                "id",
                "state",
                "class",
                "from",
                "to",
                "period",
                "settled",
                "claimed",
                "disputed (from)",
                "disputed (to)",
                "withheld (from)",
                "withheld (to)");
        disputes.forEach(dispute -> table.row(
                dispute.getDisputeId(),
                dispute.getState(),
                dispute.getReconciliation().name(),
                orNothing(dispute.getOriginatingCarrier()),
                orNothing(dispute.getTerminatingCarrier()),
                orNothing(dispute.getPeriod()),
                seconds(dispute.getSettledMillis()),
                seconds(dispute.getClaimedMillis()),
                amount(dispute.getOrigination()),
                amount(dispute.getTermination()),
                isOpen(dispute) ? amount(dispute.getOrigination()) : NOTHING,
                isOpen(dispute) ? amount(dispute.getTermination()) : NOTHING));
        return table + "\n\nsettled, claimed: seconds of talk time; disputed: what the dispute is or was about;"
                + " withheld: what stands in suspense now";
    }

    /** One with all its states, the first one first. */
    static String of(List<Dispute> states, Numbers numbers) {
        Dispute latest = states.getLast();
        return "Dispute %s is %s\n%s to %s, %s: %s\n\n%s\n\n%s\n\n%s"
                .formatted(
                        orNothing(latest.getDisputeId()),
                        orNothing(latest.getState()),
                        orNothing(latest.getOriginatingCarrier()),
                        orNothing(latest.getTerminatingCarrier()),
                        latest.getReconciliation(),
                        PlainText.line(numbers.showText(latest.getDetail())),
                        "States\n" + history(states, numbers),
                        "Reports\n" + reports(latest.getEvidence(), numbers),
                        (isOpen(latest) ? "Withheld" : "Was withheld") + "\n" + withheld(latest, numbers));
    }

    private static TextTable history(List<Dispute> states, Numbers numbers) {
        TextTable table =
                new TextTable("revision", "state", "since", "class", "period", "settled", "claimed", "by", "reason");
        states.forEach(state -> table.row(
                Integer.toString(state.getRevision()),
                state.getState(),
                orNothing(state.getChangedAt()),
                state.getReconciliation().name(),
                orNothing(state.getPeriod()),
                seconds(state.getSettledMillis()),
                seconds(state.getClaimedMillis()),
                orNothing(numbers.showText(state.getDecidedBy())),
                orNothing(numbers.showText(state.getReason()))));
        return table;
    }

    private static TextTable reports(List<Evidence> evidence, Numbers numbers) {
        TextTable table = new TextTable(
                "side",
                "reporter",
                "version",
                "calling",
                "called",
                "set up",
                "answered",
                "ended",
                "talked",
                "SIP",
                "Q.850",
                "token",
                "source");
        evidence.forEach(report -> table.row(
                report.getRole().name(),
                report.getReporter(),
                Integer.toString(report.getVersion()),
                numbers.show(report.getCalling()),
                numbers.show(report.getCalled()),
                report.getSetupAt().toString(),
                orNothing(report.getAnsweredAt()),
                report.getEndedAt().toString(),
                talked(report),
                Integer.toString(report.getSipStatus()),
                Integer.toString(report.getQ850Cause()),
                orNothing(transactionId(report, numbers)),
                source(report)));
        return table;
    }

    /** As the reporter wrote it; null for none. */
    static @Nullable String transactionId(Evidence report, Numbers numbers) {
        return report.getTransactionId() == null ? null : numbers.showId(report.getTransactionId());
    }

    private static boolean isOpen(Dispute dispute) {
        return dispute.getState().equals(OPEN);
    }

    private static String withheld(Dispute dispute, Numbers numbers) {
        if (dispute.getOrigination() == null && dispute.getTermination() == null) {
            return "  nothing: no amount is known to be claimed";
        }
        TextTable table = new TextTable("side", "carrier", "amount", "currency", "terms");
        row(table, "ORIGINATING", dispute.getOriginatingCarrier(), dispute.getOrigination(), numbers);
        row(table, "TERMINATING", dispute.getTerminatingCarrier(), dispute.getTermination(), numbers);
        return table.toString();
    }

    private static void row(
            TextTable table, String side, @Nullable String carrier, @Nullable Withheld withheld, Numbers numbers) {
        if (withheld != null) {
            table.row(
                    side,
                    orNothing(carrier),
                    withheld.getAmount().toPlainString(),
                    withheld.getCurrency(),
                    numbers.showText(terms(withheld.getTerms())));
        }
    }

    private static String terms(RateTerms terms) {
        return terms.getContract() + " revision " + terms.getContractRevision() + ", deck " + terms.getDeck()
                + " revision " + terms.getDeckRevision() + ", prefix " + terms.getPrefix() + " "
                + terms.getDestination() + ", " + terms.getRatePerMinute().toPlainString() + " a minute, "
                + terms.getInitialSeconds() + "/" + terms.getIncrementSeconds() + " s, connect fee "
                + terms.getConnectFee().toPlainString();
    }

    /** Where a report came in: topic, partition and offset. */
    static String source(Evidence report) {
        return Topic.CDRS.of(new CarrierId(report.getReporter())) + "-" + report.getSourcePartition() + "-"
                + report.getSourceOffset();
    }

    private static String talked(Evidence report) {
        return report.getAnsweredAt() == null
                ? NOTHING
                : seconds(report.getEndedAt().toEpochMilli()
                        - report.getAnsweredAt().toEpochMilli());
    }

    private static String seconds(@Nullable Long millis) {
        return millis == null ? NOTHING : BigDecimal.valueOf(millis, 3).toPlainString();
    }

    private static String amount(@Nullable Withheld withheld) {
        return withheld == null ? NOTHING : withheld.getAmount().toPlainString() + " " + withheld.getCurrency();
    }

    private static String orNothing(@Nullable Object value) {
        String text = PlainText.line(Objects.toString(value, ""));
        return text.isEmpty() ? NOTHING : text;
    }
}
