package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.callclear.app.rerating.DifferenceLine;
import org.callclear.app.rerating.RerateRun;
import org.callclear.app.rerating.Rerating;
import org.callclear.app.rerating.Scope;

/**
 * What pricing anew comes to, as JSON: amounts as strings with all decimals, numbers masked. A line of calls that had no
 * price has null for its rate and its amount until now.
 */
final class RerateJson {
    private RerateJson() {}

    static ObjectNode of(Rerating rerating) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Scope scope = rerating.scope();
        json.put("contract", scope.contract().getId());
        json.put("contractRevision", scope.contract().getRevision());
        json.put("side", scope.contract().getSide().name());
        json.put("carrier", scope.contract().getCarrier());
        json.put("deck", scope.deck().name());
        json.put("deckRevision", scope.deck().revision());
        json.put("from", scope.from().toString());
        json.put("to", scope.to().toString());
        json.put("granted", scope.granted());
        json.put("calls", rerating.size());
        ArrayNode lines = json.putArray("lines");
        rerating.lines().forEach(line -> lines.add(named(line)));
        ObjectNode totals = json.putObject("totals");
        rerating.totals().forEach((currency, total) -> amounts(totals.putObject(currency), total));
        ObjectNode left = json.putObject("leftAlone");
        rerating.leftAlone().forEach((why, calls) -> left.put(why.name(), calls));
        ArrayNode unpriced = json.putArray("unpriced");
        rerating.unpriced()
                .forEach(call -> unpriced.addObject()
                        .put("callId", call.callId())
                        .put("leg", call.leg())
                        .put("called", call.maskedCalled())
                        .put("why", call.why().name()));
        return json;
    }

    /** What became of the commands. */
    static ObjectNode of(String run, RerateRun.Result done) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", run);
        json.put("sent", done.sent());
        json.put("before", done.before());
        json.put("accepted", done.accepted());
        json.put("refused", done.refusals().size());
        json.put("unanswered", done.unanswered());
        ArrayNode refusals = json.putArray("refusals");
        done.refusals()
                .forEach(refusal -> refusals.addObject()
                        .put("commandId", refusal.commandId())
                        .put("callId", refusal.callId())
                        .put("leg", refusal.leg())
                        .put("detail", refusal.detail()));
        return json;
    }

    private static ObjectNode named(DifferenceLine line) {
        DifferenceLine.Name name = line.name();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", name.attempt() ? "ATTEMPTS" : "CALLS");
        json.put("counterparty", name.counterparty());
        json.put("destination", name.destination());
        json.put("prefix", name.prefix());
        json.put("rate", name.rate() == null ? null : name.rate().toPlainString());
        json.put("newRate", name.newRate().toPlainString());
        json.put("currency", name.currency());
        amounts(json, line);
        return name.rate() == null ? json.putNull("amount") : json;
    }

    private static ObjectNode amounts(ObjectNode json, DifferenceLine line) {
        return json.put("calls", line.calls())
                .put("amount", line.before().toPlainString())
                .put("newAmount", line.after().toPlainString())
                .put("difference", line.difference().toPlainString())
                .put("withheld", line.withheldBefore().toPlainString())
                .put("newWithheld", line.withheldAfter().toPlainString())
                .put("withheldDifference", line.withheldDifference().toPlainString());
    }
}
