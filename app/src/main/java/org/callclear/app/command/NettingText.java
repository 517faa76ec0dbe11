package org.callclear.app.command;

import java.math.BigDecimal;
import org.callclear.app.settling.CurrencyNetting;
import org.callclear.app.settling.NettingReport;
import org.callclear.schemas.rating.Billing;
import org.callclear.settlement.net.Conversion;
import org.callclear.settlement.net.Netting;
import org.callclear.settlement.net.NettingResult;
import org.callclear.settlement.net.PaymentRun;
import org.callclear.settlement.net.Payments;
import org.callclear.settlement.net.Saving;

/** A netting for people to read and to forward. Exact amounts have 6 decimals, payments the currency's own. */
final class NettingText {
    private NettingText() {}

    static String of(NettingReport report) {
        if (report.currencies().isEmpty()) {
            return "Netting of period " + report.period().name() + ": nothing is open.";
        }
        StringBuilder text = new StringBuilder();
        report.currencies()
                .forEach(netting -> text.append(inCurrency(report.period().name(), netting)));
        return text.toString().stripTrailing();
    }

    static String of(NettingReport.InOneCurrency together) {
        Conversion.Converted conversion = together.conversion();
        String target = conversion.target();
        return section(
                        "All in " + target + ", at the latest rates up to " + conversion.day()
                                + " (plus: receives, minus: pays)",
                        converted(conversion))
                + run(together.run(), "Paid in " + target + " (plus: receives, minus: pays)")
                + payments("Payments in " + target, together.run().payments()).stripTrailing();
    }

    private static String inCurrency(String period, CurrencyNetting netting) {
        String currency = netting.currency();
        NettingResult result = netting.result();
        StringBuilder text = new StringBuilder();
        text.append(section("Netting of period " + period + " in " + currency, methods(result)));
        text.append(payments("Bilateral payments in " + currency, result.bilateral()));
        text.append(positions(netting));
        text.append(payments(
                "Payments in " + currency + " after multilateral netting",
                netting.run().payments()));
        if (!netting.withheld().isEmpty()) {
            TextTable withheld = new TextTable("carrier", "withheld");
            netting.withheld().forEach((carrier, amount) -> withheld.row(carrier, exact(amount)));
            text.append(section(
                    "Withheld in suspense in " + currency
                            + ", in no figure above (plus: would receive, minus: would pay)",
                    withheld));
        }
        if (!netting.settled().isEmpty()) {
            text.append("This netting stands in the books as paid already.\n\n");
        }
        return text.toString();
    }

    private static TextTable methods(NettingResult result) {
        TextTable table = new TextTable("method", "payments", "total", "saving", "saving %");
        table.row("gross", count(result.obligations()), exact(result.gross()), "", "");
        method(table, "bilateral", result.bilateral(), result.bilateralSaving());
        method(table, "multilateral", result.multilateral(), result.multilateralSaving());
        return table;
    }

    private static void method(TextTable table, String name, Payments payments, Saving saving) {
        table.row(
                name,
                count(payments.list().size()),
                exact(payments.total()),
                exact(saving.amount()),
                saving.percent().toPlainString());
    }

    private static String positions(CurrencyNetting netting) {
        TextTable table = new TextTable(
                "participant", "brought forward", "this period", "position", "settled now", "carried forward", "why");
        for (PaymentRun.Line line : netting.run().lines()) {
            BigDecimal before = netting.broughtForward(line.participant());
            table.row(
                    line.participant(),
                    exact(before),
                    exact(line.position().subtract(before)),
                    exact(line.position()),
                    line.settled().toPlainString(),
                    exact(line.carried()),
                    why(line));
        }
        return section("Positions in " + netting.currency() + " (plus: receives, minus: pays)", table);
    }

    private static String run(PaymentRun run, String title) {
        TextTable table = new TextTable("participant", "net", "settled now", "carried forward", "why");
        for (PaymentRun.Line line : run.lines()) {
            table.row(
                    line.participant(),
                    exact(line.position()),
                    line.settled().toPlainString(),
                    exact(line.carried()),
                    why(line));
        }
        return section(title, table);
    }

    private static TextTable converted(Conversion.Converted conversion) {
        TextTable table = new TextTable("participant", "currency", "amount", "rate", "dated", conversion.target());
        for (Conversion.Line line : conversion.lines()) {
            for (Conversion.Part part : line.parts()) {
                table.row(
                        line.participant(),
                        part.currency(),
                        exact(part.amount()),
                        part.quote().rateText(),
                        part.quote().date().toString(),
                        part.converted().toPlainString());
            }
            table.row(line.participant(), "net", "", "", "", line.net().toPlainString());
        }
        if (conversion.residual().signum() != 0) {
            table.row(
                    Netting.CLEARINGHOUSE,
                    "rounding",
                    "",
                    "",
                    "",
                    conversion.residual().toPlainString());
        }
        return table;
    }

    private static String payments(String title, Payments payments) {
        TextTable table = new TextTable("from", "to", "amount");
        payments.list()
                .forEach(payment ->
                        table.row(payment.from(), payment.to(), payment.amount().toPlainString()));
        return payments.list().isEmpty() ? title + ": none\n\n" : section(title, table);
    }

    private static String why(PaymentRun.Line line) {
        return switch (line.why()) {
            case NOTHING -> "";
            case ROUNDING -> "rounding";
            case BELOW_MINIMUM -> "below minimum payment";
            case RESIDUAL -> "what the others leave";
        };
    }

    private static String section(String title, TextTable table) {
        return title + "\n" + table + "\n\n";
    }

    private static String count(int number) {
        return Integer.toString(number);
    }

    private static String exact(BigDecimal amount) {
        return amount.setScale(Billing.POSTING_SCALE).toPlainString();
    }
}
