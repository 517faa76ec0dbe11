package org.callclear.settlement.statement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.callclear.settlement.statement.StatementView.Header;
import org.callclear.settlement.statement.StatementView.Line;
import org.callclear.settlement.statement.StatementView.Party;
import org.callclear.settlement.statement.StatementView.Position;
import org.callclear.settlement.statement.StatementView.Seal;
import org.callclear.settlement.statement.StatementView.Sums;
import org.callclear.settlement.statement.StatementView.Total;
import org.callclear.settlement.statement.StatementView.Trailer;
import org.callclear.settlement.statement.StatementView.Withheld;

/** Reads a statement's JSON. What an older engine did not write is empty; an amount must be there. */
final class StatementReader {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USUAL_KIND = "CALLS";
    private static final PlainDecimal NOTHING = PlainDecimal.of(0);

    private final List<String> faults = new ArrayList<>();

    private StatementReader() {}

    static StatementView read(byte[] json) {
        StatementReader reader = new StatementReader();
        JsonNode root = tree(json);
        StatementView view = new StatementView(
                reader.header(root.path("header")),
                reader.each(root, "lines", "lines", reader::line),
                reader.each(root, "disputed", "disputed", reader::line),
                reader.trailer(root.path("trailer")),
                seal(root),
                digest(json));
        if (!reader.faults.isEmpty()) {
            throw new IllegalArgumentException("not a statement: " + String.join("; ", reader.faults));
        }
        return view;
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("not the JSON of a statement", e);
        }
    }

    private Header header(JsonNode header) {
        if (text(header, "statement_id").isEmpty()) {
            faults.add("header.statement_id: missing");
        }
        return new Header(
                text(header, "statement_id"),
                text(header, "carrier"),
                text(header, "period"),
                text(header, "time_zone"),
                instant(header, "from"),
                instant(header, "to"),
                header.path("sequence").asLong(),
                each(
                        header,
                        "parties",
                        "header.parties",
                        (node, at) -> new Party(text(node, "id"), text(node, "role"))),
                each(header, "contracts", "header.contracts", (node, at) -> node.asText()),
                each(header, "decks", "header.decks", (node, at) -> node.asText()),
                each(header, "log_positions", "header.log_positions", (node, at) -> position(node)),
                text(header, "engine"));
    }

    private static Optional<Seal> seal(JsonNode root) {
        JsonNode signature = root.path("signature");
        JsonNode tree = root.at("/trailer/call_lines");
        return signature.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Seal(
                        text(root.path("header"), "previous"),
                        tree.path("leaves").asLong(),
                        text(tree, "root"),
                        text(signature, "key"),
                        text(signature, "value")));
    }

    private static Position position(JsonNode node) {
        return new Position(
                node.path("partition").asLong(),
                node.path("from").asLong(),
                node.path("to").asLong());
    }

    private Line line(JsonNode line, String at) {
        return new Line(
                line.path("kind").asText(USUAL_KIND),
                text(line, "destination"),
                text(line, "prefix"),
                rate(line, at),
                line.path("calls").asLong(),
                line.path("seconds").asLong(),
                line.path("billed_seconds").asLong(),
                decimal(line, "amount", at),
                text(line, "currency"),
                text(line, "side"),
                text(line, "counterparty"),
                text(line, "origin_period"),
                text(line, "class"));
    }

    private Optional<PlainDecimal> rate(JsonNode line, String at) {
        boolean none = text(line, "rate_per_minute").isEmpty();
        return none ? Optional.empty() : Optional.of(decimal(line, "rate_per_minute", at));
    }

    private Trailer trailer(JsonNode trailer) {
        return new Trailer(
                trailer.path("lines").asLong(),
                sums(trailer.path("originating")),
                sums(trailer.path("terminating")),
                each(trailer, "totals", "trailer.totals", this::total),
                each(trailer, "disputed", "trailer.disputed", this::withheld),
                text(trailer, "first_answer_date"),
                text(trailer, "last_answer_date"));
    }

    private static Sums sums(JsonNode side) {
        return new Sums(
                side.path("calls").asLong(),
                side.path("seconds").asLong(),
                side.path("billed_seconds").asLong());
    }

    private Total total(JsonNode total, String at) {
        return new Total(
                text(total, "currency"),
                decimal(total, "owed", at),
                decimal(total, "due", at),
                text(total, "exact"),
                decimal(total, "rounding_difference", at),
                decimal(total, "payable", at));
    }

    private Withheld withheld(JsonNode sum, String at) {
        return new Withheld(text(sum, "currency"), decimal(sum, "owed", at), decimal(sum, "due", at));
    }

    private PlainDecimal decimal(JsonNode parent, String member, String at) {
        String text = parent.path(member).isTextual() ? text(parent, member) : "";
        if (!PlainDecimal.isPlain(text)) {
            faults.add(
                    at + "." + member + " '" + parent.path(member).asText() + "': must be a plain decimal in a string");
            return NOTHING;
        }
        return new PlainDecimal(text);
    }

    private String instant(JsonNode parent, String member) {
        String text = text(parent, member);
        try {
            if (!text.isEmpty()) {
                var unused = Instant.parse(text);
            }
        } catch (DateTimeParseException e) {
            faults.add("header." + member + " '" + text + "': must be an RFC 3339 instant");
        }
        return text;
    }

    private static String text(JsonNode parent, String member) {
        return parent.path(member).asText();
    }

    /** Reads an element; the text is its place. */
    private interface Reading<T> {
        T read(JsonNode element, String at);
    }

    private <T> List<T> each(JsonNode parent, String member, String place, Reading<T> reading) {
        List<T> all = new ArrayList<>();
        for (JsonNode element : parent.path(member)) {
            all.add(reading.read(element, place + "[" + all.size() + "]"));
        }
        return List.copyOf(all);
    }

    private static String digest(byte[] json) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
