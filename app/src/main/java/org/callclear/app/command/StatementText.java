package org.callclear.app.command;

import com.fasterxml.jackson.databind.JsonNode;

/** A statement for people to read; the JSON is the truth. */
final class StatementText {
    private StatementText() {}

    static String of(JsonNode statement) {
        JsonNode header = statement.path("header");
        StringBuilder text = new StringBuilder("Statement %s of %s, period %s\n%s"
                .formatted(
                        header.path("statement_id").asText(),
                        header.path("carrier").asText(),
                        header.path("period").asText(),
                        lines(statement.path("lines"))));
        for (JsonNode total : statement.path("trailer").path("totals")) {
            text.append("\n  payable %s %s (owes %s, is owed %s, rounding difference to the exact amount %s)"
                    .formatted(
                            total.path("payable").asText(),
                            total.path("currency").asText(),
                            total.path("owed").asText(),
                            total.path("due").asText(),
                            total.path("rounding_difference").asText()));
        }
        if (!statement.path("disputed").isEmpty()) {
            text.append("\n\nWithheld while disputes are open, in none of the sums above\n")
                    .append(lines(statement.path("disputed")));
            for (JsonNode total : statement.path("trailer").path("disputed")) {
                text.append("\n  withheld %s %s that it would owe, %s that it would be owed"
                        .formatted(
                                total.path("owed").asText(),
                                total.path("currency").asText(),
                                total.path("due").asText()));
            }
        }
        return text.append(seal(statement)).toString();
    }

    private static String seal(JsonNode statement) {
        JsonNode tree = statement.at("/trailer/call_lines");
        if (tree.isMissingNode()) {
            return "";
        }
        String previous = statement.at("/header/previous").asText();
        return "\n\nSealed over %s lines of calls, root %s\n  statement before: %s\n  signed with key %s"
                .formatted(
                        tree.path("leaves").asText(),
                        tree.path("root").asText(),
                        previous.isEmpty() ? "none" : "SHA-256 " + previous,
                        statement.at("/signature/key").asText());
    }

    private static TextTable lines(JsonNode lines) {
        TextTable table = new TextTable(
                "side",
                "kind",
                "with",
                "destination",
                "prefix",
                "rate/min",
                "calls",
                "billed s",
                "amount",
                "",
                "belongs to",
                "class");
        for (JsonNode line : lines) {
            table.row(
                    line.path("side").asText(),
                    line.path("kind").asText(),
                    line.path("counterparty").asText(),
                    line.path("destination").asText(),
                    line.path("prefix").asText(),
                    line.path("rate_per_minute").asText(),
                    line.path("calls").asText(),
                    line.path("billed_seconds").asText(),
                    line.path("amount").asText(),
                    line.path("currency").asText(),
                    line.path("origin_period").asText(),
                    line.path("class").asText());
        }
        return table;
    }
}
