package org.callclear.app.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.callclear.settlement.seal.StatementSeal;
import org.callclear.settlement.statement.CanonicalJson;

/** Statements to put on paper, and what must stand on it. */
final class Statements {
    private static final String LARGE = "1234567890123.123456";

    private Statements() {}

    /** The written example, with all that is awkward. */
    static byte[] example() {
        try (InputStream file = Statements.class.getResourceAsStream("statement-acme.json")) {
            return Objects.requireNonNull(file).readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A sealed one: bytes of 1 before it, of 2 as the root, and of 3 as the signature. */
    static byte[] sealed() {
        byte[] unsigned = StatementSeal.unsigned(ofLines(3), filled(32, 1), 4711, filled(32, 2));
        return StatementSeal.signed(unsigned, "0123456789abcdef", filled(64, 3));
    }

    private static byte[] filled(int length, int with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    /** Nothing happened; and what an older engine did not write is not there. */
    static byte[] empty() {
        return statement(List.of(), List.of());
    }

    /** A statement of many lines, positive, negative, small and large. */
    static byte[] ofLines(int count) {
        List<Map<String, Object>> lines = new ArrayList<>();
        BigDecimal owed = BigDecimal.ZERO.setScale(6);
        for (int i = 0; i < count; i++) {
            BigDecimal amount = amount(i);
            owed = owed.add(amount);
            lines.add(line(i, amount));
        }
        BigDecimal payable = owed.setScale(2, RoundingMode.HALF_UP);
        return statement(
                lines,
                List.of(Map.of(
                        "currency",
                        "EUR",
                        "owed",
                        owed.toPlainString(),
                        "due",
                        "0.000000",
                        "exact",
                        "1/3",
                        "rounding_difference",
                        payable.subtract(owed).toPlainString(),
                        "payable",
                        payable.toPlainString())));
    }

    private static BigDecimal amount(int i) {
        return switch (i % 4) {
            case 0 -> new BigDecimal("0.000001");
            case 1 -> new BigDecimal(LARGE).subtract(BigDecimal.valueOf(i, 6));
            case 2 -> BigDecimal.valueOf(-12200L - i, 6);
            default -> BigDecimal.valueOf(i * 1_000_003L, 6);
        };
    }

    private static Map<String, Object> line(int i, BigDecimal amount) {
        return Map.ofEntries(
                Map.entry("kind", "CALLS"),
                Map.entry("destination", "Destination " + i),
                Map.entry("prefix", Integer.toString(1_000_000 + i)),
                Map.entry("rate_per_minute", "0.012000"),
                Map.entry("calls", 1 + i),
                Map.entry("seconds", 61L * i),
                Map.entry("billed_seconds", 66L * i),
                Map.entry("amount", amount.toPlainString()),
                Map.entry("currency", "EUR"),
                Map.entry("side", "ORIGINATING"),
                Map.entry("counterparty", "zenith"));
    }

    private static byte[] statement(List<Map<String, Object>> lines, List<Map<String, Object>> totals) {
        Map<String, Object> header =
                Map.of("statement_id", "acme-2026-11-1", "carrier", "acme", "period", "2026-11", "sequence", 1);
        Map<String, Object> trailer = Map.of("lines", lines.size(), "totals", totals);
        return CanonicalJson.bytes(Map.of("header", header, "lines", lines, "trailer", trailer));
    }

    static JsonNode tree(byte[] json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The amount and currency of each line, in order. */
    static List<String> amounts(byte[] json, String lines) {
        List<String> all = new ArrayList<>();
        tree(json)
                .path(lines)
                .forEach(line -> all.add(line.path("amount").textValue() + " "
                        + line.path("currency").textValue()));
        return all;
    }

    /** The amounts of the summary, in order: of each currency the totals, then what is withheld. */
    static List<String> summaryAmounts(byte[] json) {
        List<String> all = new ArrayList<>();
        JsonNode trailer = tree(json).path("trailer");
        for (JsonNode total : trailer.path("totals")) {
            String currency = " " + total.path("currency").textValue();
            for (String member : List.of("owed", "due")) {
                all.add(total.path(member).textValue() + currency);
            }
            all.add(rounding(total) + currency);
            for (String member : List.of("payable", "exact", "rounding_difference")) {
                all.add(total.path(member).textValue() + currency);
            }
            for (JsonNode sum : trailer.path("disputed")) {
                if (sum.path("currency").equals(total.path("currency"))) {
                    all.add(sum.path("owed").textValue() + currency);
                    all.add(sum.path("due").textValue() + currency);
                }
            }
        }
        return all;
    }

    static String rounding(JsonNode total) {
        return new BigDecimal(total.path("payable").textValue())
                .add(new BigDecimal(total.path("due").textValue()))
                .subtract(new BigDecimal(total.path("owed").textValue()))
                .toPlainString();
    }
}
