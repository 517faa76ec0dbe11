package org.callclear.settlement.statement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The lines of a statement as CSV (RFC 4180: CRLF, quotes where needed, a header row), read from the JSON, which is the
 * truth. All that rounding made the payable total differ from the exact
 * sum has a line of its own, with the destination {@code rounding}.
 */
public final class StatementCsv {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> COLUMNS = List.of(
            "destination",
            "prefix",
            "rate_per_minute",
            "calls",
            "seconds",
            "billed_seconds",
            "amount",
            "currency",
            "side",
            "counterparty");

    private StatementCsv() {}

    /**
     * The CSV of a statement.
     *
     * @param json a statement's canonical JSON
     * @throws UncheckedIOException when it is not JSON
     */
    public static String of(byte[] json) {
        StringBuilder csv = new StringBuilder(String.join(",", COLUMNS)).append("\r\n");
        try {
            JsonNode statement = JSON.readTree(json);
            for (JsonNode line : statement.path("lines")) {
                csv.append(COLUMNS.stream()
                                .map(column -> field(line.path(column).asText()))
                                .collect(Collectors.joining(",")))
                        .append("\r\n");
            }
            statement.path("trailer").path("totals").forEach(total -> csv.append(rounding(total)));
        } catch (IOException e) {
            throw new UncheckedIOException("not the JSON of a statement", e);
        }
        return csv.toString();
    }

    private static String rounding(JsonNode total) {
        return "rounding,,,,,," + total.path("rounding_difference").asText() + ","
                + total.path("currency").asText() + ",,\r\n";
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
