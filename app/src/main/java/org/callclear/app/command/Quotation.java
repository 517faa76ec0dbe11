package org.callclear.app.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.rating.ChoiceExplained;
import org.callclear.schemas.rating.ContractTerms;
import org.callclear.schemas.rating.ExplainedStep;
import org.callclear.schemas.rating.PriceExplained;
import org.callclear.schemas.rating.RateDeck;

/**
 * The price of one call, and how it came about.
 *
 * @param result what it comes to, as it is printed
 * @param steps how
 */
record Quotation(ObjectNode result, List<ExplainedStep> steps) {

    /** A call that was asked for. */
    record Call(String digits, Instant answered, long talkedMillis) {}

    /**
     * Prices a call.
     *
     * @param origin the steps that led to the contract and the deck
     */
    static Quotation of(Call call, Contract contract, RateDeck deck, List<ExplainedStep> origin) {
        List<ExplainedStep> steps = new ArrayList<>(origin);
        steps.addAll(ChoiceExplained.of(deck, call.digits(), call.answered()));
        Instant end = call.answered().plusMillis(call.talkedMillis());
        ObjectNode result = switch (ContractTerms.of(contract, deck, call.digits(), call.answered(), end)) {
            case ContractTerms.Rated rated -> {
                PriceExplained price = PriceExplained.of(call.talkedMillis(), call.answered(), rated.terms());
                steps.addAll(price.steps());
                yield rated(price, rated.terms());
            }
            case ContractTerms.Blocked blocked ->
                unpriced("BLOCKED", contract)
                        .put("prefix", blocked.row().getPrefix())
                        .put("destination", blocked.row().getDestination());
            case ContractTerms.Unrated none -> unpriced("UNRATED", contract);
        };
        return new Quotation(result, steps);
    }

    private static ObjectNode rated(PriceExplained price, RateTerms terms) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("status", "RATED").put("prefix", terms.getPrefix());
        result.put("billedSeconds", price.price().billedSeconds());
        result.put("exactPrice", price.price().exact().toExactString());
        result.put("price", price.posted().toPlainString());
        result.put("currency", terms.getCurrency());
        result.put("destination", terms.getDestination());
        return result.put("ratePerMinute", terms.getRatePerMinute().toPlainString());
    }

    private static ObjectNode unpriced(String status, Contract contract) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("status", status).putNull("prefix").putNull("billedSeconds").putNull("exactPrice");
        return result.putNull("price").put("currency", contract.getCurrency());
    }

    /** What it comes to, with the steps as a member. */
    ObjectNode explained() {
        ObjectNode whole = result.deepCopy();
        ArrayNode array = whole.putArray("steps");
        steps.forEach(step -> array.addObject()
                .put("step", step.kind().name())
                .put("detail", step.detail())
                .put("result", step.result()));
        return whole;
    }

    /** What it comes to, a line for each field. */
    String summary() {
        TextTable table = new TextTable("", "");
        result.properties()
                .forEach(field -> table.row(
                        field.getKey(),
                        field.getValue().isNull() ? "-" : field.getValue().asText()));
        return String.join("\n", table.toString().lines().skip(1).toList()); // no header
    }

    /** How it came about, a line for each step. */
    String story() {
        TextTable table = new TextTable("step", "result", "how");
        steps.forEach(step -> table.row(step.kind().name(), step.result(), step.detail()));
        return table.toString();
    }
}
