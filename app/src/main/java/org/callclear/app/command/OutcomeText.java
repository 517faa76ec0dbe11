package org.callclear.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import org.callclear.app.demo.Outcome;
import org.callclear.app.demo.OutcomeJson;

/** What the demo came to, for people to read. */
final class OutcomeText {
    private OutcomeText() {}

    static String of(Outcome outcome) {
        JsonNode json = OutcomeJson.of(outcome);
        String sums = outcome.postingsSum().entrySet().stream()
                .map(sum -> sum.getValue().toPlainString() + " " + sum.getKey())
                .collect(Collectors.joining(", "));
        return """

                %d calls: %d answered, %d not (busy, no answer, refused, blocked)
                %d settled, %d disputes; all postings sum to %s

                Positions in %s
                %s

                %s""".formatted(
                        outcome.calls(),
                        outcome.answered(),
                        outcome.rejected(),
                        outcome.settledCalls(),
                        outcome.disputes(),
                        sums.isEmpty() ? "nothing" : sums,
                        outcome.period(),
                        positions(json),
                        json.path("statement").isObject() ? StatementText.of(json.path("statement")) : "No statement.");
    }

    private static TextTable positions(JsonNode json) {
        TextTable table =
                new TextTable("from", "to", "calls", "owed by origin", "owed to terminator", "fee", "currency");
        for (JsonNode position : json.path("positions")) {
            table.row(
                    position.path("originatingCarrier").asText(),
                    position.path("terminatingCarrier").asText(),
                    position.path("calls").asText(),
                    position.path("receivable").asText(),
                    position.path("payable").asText(),
                    position.path("fee").asText(),
                    position.path("currency").asText());
        }
        return table;
    }
}
