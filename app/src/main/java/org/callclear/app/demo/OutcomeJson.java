package org.callclear.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.callclear.app.settling.Statements;
import org.callclear.schemas.avro.Position;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.rating.Billing;

/** The outcome as one JSON object: amounts are strings. */
public final class OutcomeJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OutcomeJson() {}

    /** The object. */
    public static ObjectNode of(Outcome outcome) {
        ObjectNode json = JSON.createObjectNode();
        json.put("calls", outcome.calls());
        json.put("answered", outcome.answered());
        json.put("rejected", outcome.rejected());
        json.put("settledCalls", outcome.settledCalls());
        json.put("disputes", outcome.disputes());
        ObjectNode sums = json.putObject("postingsSum");
        outcome.postingsSum()
                .forEach((currency, sum) ->
                        sums.put(currency, sum.setScale(Billing.POSTING_SCALE).toPlainString()));
        json.put("period", outcome.period());
        ArrayNode positions = json.putArray("positions");
        outcome.positions().forEach(position -> positions.add(position(position)));
        ArrayNode statements = JSON.createArrayNode();
        for (Statement statement : outcome.statements()) {
            ObjectNode parsed = statement(statement);
            statements.add(parsed);
            if (statement.getCarrier().equals(outcome.originator())) {
                json.set("statement", parsed);
            }
        }
        if (!json.has("statement")) {
            json.putNull("statement");
        }
        json.set("statements", statements);
        ArrayNode problems = json.putArray("problems");
        outcome.problems().forEach(problems::add);
        return json;
    }

    private static ObjectNode position(Position position) {
        ObjectNode json = JSON.createObjectNode();
        json.put("originatingCarrier", position.getOriginatingCarrier());
        json.put("terminatingCarrier", position.getTerminatingCarrier());
        json.put("currency", position.getCurrency());
        json.put("period", position.getPeriod());
        json.put("calls", position.getCalls());
        json.put("receivable", position.getReceivable().toPlainString());
        json.put("payable", position.getPayable().toPlainString());
        json.put("fee", position.getFee().toPlainString());
        return json;
    }

    private static ObjectNode statement(Statement statement) {
        try {
            return (ObjectNode) JSON.readTree(Statements.json(statement));
        } catch (IOException e) {
            throw new UncheckedIOException("statement " + statement.getStatementId() + " is not JSON", e);
        }
    }
}
