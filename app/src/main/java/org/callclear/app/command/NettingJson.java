package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import org.callclear.app.settling.CurrencyNetting;
import org.callclear.app.settling.NettingReport;
import org.callclear.settlement.net.Conversion;
import org.callclear.settlement.net.PaymentRun;
import org.callclear.settlement.net.Payments;
import org.callclear.settlement.net.Saving;

/** A netting as one JSON object. All amounts are strings. */
final class NettingJson {
    private NettingJson() {}

    static ObjectNode of(NettingReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("period", report.period().name());
        ArrayNode currencies = json.putArray("currencies");
        report.currencies().forEach(netting -> inCurrency(currencies.addObject(), netting));
        return json;
    }

    static ObjectNode of(NettingReport.InOneCurrency together) {
        Conversion.Converted conversion = together.conversion();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("currency", conversion.target())
                .put("ratesUpTo", conversion.day().toString());
        ArrayNode lines = json.putArray("lines");
        for (Conversion.Line line : conversion.lines()) {
            ObjectNode object = lines.addObject();
            object.put("participant", line.participant()).put("net", line.net().toPlainString());
            ArrayNode parts = object.putArray("parts");
            line.parts().forEach(part -> part(parts.addObject(), part));
        }
        json.put("residual", conversion.residual().toPlainString());
        run(json, together.run());
        return json;
    }

    private static void inCurrency(ObjectNode json, CurrencyNetting netting) {
        json.put("currency", netting.currency());
        ObjectNode gross = json.putObject("gross");
        gross.put("obligations", netting.result().obligations());
        gross.put("total", netting.result().gross().toPlainString());
        method(
                json.putObject("bilateral"),
                netting.result().bilateral(),
                netting.result().bilateralSaving());
        method(
                json.putObject("multilateral"),
                netting.result().multilateral(),
                netting.result().multilateralSaving());
        amounts(json.putObject("broughtForward"), netting.broughtForward());
        run(json, netting.run());
        amounts(json.putObject("withheld"), netting.withheld());
        json.put("settledAlready", !netting.settled().isEmpty());
    }

    private static void method(ObjectNode json, Payments payments, Saving saving) {
        json.put("total", payments.total().toPlainString());
        json.put("saving", saving.amount().toPlainString());
        json.put("savingPercent", saving.percent().toPlainString());
        payments(json, payments);
    }

    private static void run(ObjectNode json, PaymentRun run) {
        ArrayNode positions = json.putArray("positions");
        for (PaymentRun.Line line : run.lines()) {
            positions
                    .addObject()
                    .put("participant", line.participant())
                    .put("position", line.position().toPlainString())
                    .put("settled", line.settled().toPlainString())
                    .put("carriedForward", line.carried().toPlainString())
                    .put("why", line.why().name());
        }
        payments(json, run.payments());
    }

    private static void payments(ObjectNode json, Payments payments) {
        ArrayNode array = json.putArray("payments");
        payments.list()
                .forEach(payment -> array.addObject()
                        .put("from", payment.from())
                        .put("to", payment.to())
                        .put("amount", payment.amount().toPlainString()));
    }

    private static void part(ObjectNode json, Conversion.Part part) {
        json.put("currency", part.currency()).put("amount", part.amount().toPlainString());
        json.put("rate", part.quote().rateText());
        json.put("dated", part.quote().date().toString());
        json.put("converted", part.converted().toPlainString());
    }

    private static void amounts(ObjectNode json, Map<String, BigDecimal> amounts) {
        amounts.forEach((carrier, amount) -> json.put(carrier, amount.toPlainString()));
    }
}
