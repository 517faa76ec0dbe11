package org.callclear.bench.books;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the lines that the SQL batch wrote, in the columns of {@code lines.sql}. */
public final class SqlLines {
    private static final Pattern COMMA = Pattern.compile(",");
    private static final int SCALE = 6;

    private SqlLines() {}

    /** What the batch came to, in the words of statements. */
    public static Ledger read(Path file) {
        Ledger ledger = new Ledger();
        Map<String, BigInteger> exact = new TreeMap<>();
        try (var lines = Files.lines(file)) {
            lines.map(line -> List.of(COMMA.split(line, -1))).forEach(row -> enter(ledger, exact, row));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
        ledger.exact(exact);
        return ledger;
    }

    private static void enter(Ledger ledger, Map<String, BigInteger> exact, List<String> row) {
        String rate = new BigDecimal(new BigInteger(row.get(5)), SCALE).toPlainString();
        ledger.line(
                List.of(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), rate, row.get(6)),
                new Ledger.Sums(
                        Long.parseLong(row.get(7)),
                        Long.parseLong(row.get(8)),
                        Long.parseLong(row.get(9)),
                        new BigDecimal(new BigInteger(row.get(11)), SCALE)));
        BigInteger units = new BigInteger(row.get(10));
        exact.merge(
                row.get(0) + "|" + row.get(6),
                "ORIGINATING".equals(row.get(1)) ? units : units.negate(),
                BigInteger::add);
    }
}
