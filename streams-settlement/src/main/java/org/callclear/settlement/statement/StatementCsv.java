package org.callclear.settlement.statement;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.callclear.settlement.statement.StatementView.Line;
import org.callclear.settlement.statement.StatementView.Total;

/**
 * A statement as CSV (RFC 4180: CRLF, quotes where needed, a header row), read from its JSON, which is the truth.
 *
 * <p>For each currency, the amounts of the {@code ORIGINATING} rows less those of the {@code TERMINATING} rows plus that
 * of the {@code ROUNDING} row are what is payable. Two kinds of row stand outside that sum: {@code DISPUTED}, what is
 * withheld, and {@code ROUNDING_DIFFERENCE}, by how much payable differs from the sum before anything was rounded.
 *
 * <p>A spreadsheet takes a text that begins with {@code =}, {@code +}, {@code -}, {@code @} or a control character for a
 * formula: such a name stands behind an apostrophe.
 */
public final class StatementCsv {
    /** The columns, in order. */
    public static final List<String> COLUMNS = List.of(
            "destination",
            "prefix",
            "rate_per_minute",
            "calls",
            "seconds",
            "billed_seconds",
            "amount",
            "currency",
            "side",
            "counterparty",
            "kind",
            "origin_period",
            "class");

    private static final String FORMULA_STARTS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

    private StatementCsv() {}

    /**
     * The CSV of a statement.
     *
     * @param json a statement's canonical JSON
     * @throws IllegalArgumentException when it is not one
     */
    public static String of(byte[] json) {
        StatementView statement = StatementView.of(json);
        StringWriter text = new StringWriter();
        try (CsvWriter csv =
                CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
            csv.writeRecord(COLUMNS);
            statement.lines().forEach(line -> csv.writeRecord(row(line, line.kind())));
            statement.disputed().forEach(line -> csv.writeRecord(row(line, "DISPUTED")));
            statement.trailer().totals().forEach(total -> rounding(csv, total));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter has none
        }
        return text.toString();
    }

    /** A line's cells, one for each column, that of the kind as given. */
    private static List<String> row(Line line, String kind) {
        return List.of(
                harmless(line.destination()),
                harmless(line.prefix()),
                line.ratePerMinute().map(PlainDecimal::text).orElse(""),
                Long.toString(line.calls()),
                Long.toString(line.seconds()),
                Long.toString(line.billedSeconds()),
                line.amount().text(),
                harmless(line.currency()),
                harmless(line.side()),
                harmless(line.counterparty()),
                harmless(kind),
                harmless(line.originPeriod()),
                harmless(line.disputeClass()));
    }

    private static void rounding(CsvWriter csv, Total total) {
        csv.writeRecord(rounding("rounding", total.rounding(), total.currency(), "ROUNDING"));
        csv.writeRecord(
                rounding("rounding difference", total.roundingDifference(), total.currency(), "ROUNDING_DIFFERENCE"));
    }

    private static List<String> rounding(String name, PlainDecimal amount, String currency, String kind) {
        return List.of(name, "", "", "", "", "", amount.text(), harmless(currency), "", "", kind, "", "");
    }

    private static String harmless(String text) {
        boolean formula = !text.isEmpty() && (FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 || text.charAt(0) < ' ');
        return formula ? "'" + text : text;
    }
}
