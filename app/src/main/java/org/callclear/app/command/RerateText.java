package org.callclear.app.command;

import java.math.BigDecimal;
import org.callclear.app.rerating.DifferenceLine;
import org.callclear.app.rerating.RerateRun;
import org.callclear.app.rerating.Rerating;
import org.callclear.app.rerating.Scope;

/** What pricing anew comes to, for people to read and to forward. */
final class RerateText {
    private static final String NOTHING = "-";

    private RerateText() {}

    static String of(Rerating rerating) {
        StringBuilder text = new StringBuilder(heading(rerating.scope()));
        if (rerating.size() == 0) {
            text.append("\nNothing to price anew.");
        } else {
            text.append('\n').append(lines(rerating)).append("\n\n").append(totals(rerating));
        }
        rerating.leftAlone()
                .forEach((why, calls) ->
                        text.append("\nleft alone: ").append(calls).append(", ").append(why.words()));
        rerating.unpriced()
                .forEach(call -> text.append("\n  call ")
                        .append(call.callId())
                        .append(" leg ")
                        .append(call.leg())
                        .append(" to ")
                        .append(call.maskedCalled())
                        .append(": ")
                        .append(call.why()));
        return text.toString();
    }

    /** What became of the commands. */
    static String of(String run, RerateRun.Result done) {
        return "run " + run + ": " + done.sent() + " commands written"
                + (done.before() == 0 ? "" : ", " + done.before() + " had been before") + "; " + done.accepted()
                + " accepted, " + done.refusals().size() + " refused, " + done.unanswered() + " not answered";
    }

    private static String heading(Scope scope) {
        return "Calls answered from " + scope.from() + " to before " + scope.to() + " by contract "
                + scope.contract().getId() + " revision " + scope.contract().getRevision() + " ("
                + scope.contract().getSide() + " side of " + scope.contract().getCarrier() + "), deck "
                + scope.deck().name() + " revision " + scope.deck().revision();
    }

    private static TextTable lines(Rerating rerating) {
        TextTable table = new TextTable(
                "counterparty",
                "destination",
                "prefix",
                "rate",
                "new rate",
                "calls",
                "amount",
                "new amount",
                "difference",
                "withheld difference",
                "currency",
                "kind");
        for (DifferenceLine line : rerating.lines()) {
            DifferenceLine.Name name = line.name();
            table.row(
                    name.counterparty(),
                    name.destination(),
                    name.prefix(),
                    name.rate() == null ? NOTHING : plain(name.rate()),
                    plain(name.newRate()),
                    Long.toString(line.calls()),
                    name.rate() == null ? NOTHING : plain(line.before()),
                    plain(line.after()),
                    plain(line.difference()),
                    plain(line.withheldDifference()),
                    name.currency(),
                    name.attempt() ? "attempts" : "calls");
        }
        return table;
    }

    private static TextTable totals(Rerating rerating) {
        TextTable table = new TextTable(
                "total",
                "calls",
                "amount",
                "new amount",
                "difference",
                "withheld",
                "new withheld",
                "withheld difference");
        rerating.totals()
                .forEach((currency, total) -> table.row(
                        currency,
                        Long.toString(total.calls()),
                        plain(total.before()),
                        plain(total.after()),
                        plain(total.difference()),
                        plain(total.withheldBefore()),
                        plain(total.withheldAfter()),
                        plain(total.withheldDifference())));
        return table;
    }

    private static String plain(BigDecimal amount) {
        return amount.toPlainString();
    }
}
