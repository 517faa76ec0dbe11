package org.callclear.app.reference;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.settlement.net.ExchangeRate;
import org.callclear.settlement.net.RateBook;

/**
 * Exchange rates as a file: {@code date,from,to,rate}. A rate is what one unit of {@code from} is worth in {@code to} on
 * that day: more than 0, 10 decimals at most.
 */
public final class ExchangeRateFile {
    static final List<String> COLUMNS = List.of("date", "from", "to", "rate");
    private static final int SCALE = 10;
    private static final int WHOLE_DIGITS = 12;

    private ExchangeRateFile() {}

    /** Reads a file and checks it. */
    public static Checked<RateBook> read(Path path) {
        return check(CsvTable.read(path, COLUMNS, List.of()));
    }

    /** The same for content that is no file. */
    public static Checked<RateBook> read(String name, byte[] content) {
        return check(CsvTable.read(name, content, COLUMNS, List.of()));
    }

    private static Checked<RateBook> check(CsvTable table) {
        List<ExchangeRate> rates = new ArrayList<>();
        Map<String, Long> lines = new HashMap<>();
        for (Row row : table.rows()) {
            int before = table.faults().size();
            LocalDate date = date(row);
            String from = row.currency("from");
            String to = row.currency("to");
            if (from.equals(to)) {
                row.fault("to", "must be another currency than from");
            }
            BigDecimal rate = rate(row);
            Long other = lines.putIfAbsent(row.raw("date") + ' ' + from + ' ' + to, row.line());
            if (other != null) {
                row.fault("date", "the pair " + from + ' ' + to + " has a rate for it on line " + other + " already");
            }
            if (table.faults().size() == before) {
                rates.add(new ExchangeRate(date, from, to, rate));
            }
        }
        if (rates.isEmpty() && table.faults().isEmpty()) {
            table.faults().add(new Fault(table.file(), 0, "", "", "has no rates"));
        }
        return Checked.of(RateBook.of(rates), table.faults());
    }

    private static LocalDate date(Row row) {
        try {
            return LocalDate.parse(row.raw("date"));
        } catch (DateTimeException e) {
            row.fault("date", "must be a day such as 2026-11-30");
            return LocalDate.EPOCH;
        }
    }

    private static BigDecimal rate(Row row) {
        String text = row.raw("rate");
        if (!Row.isDecimal(text)) {
            row.fault("rate", "must be a decimal number such as 1.0842, not negative");
            return BigDecimal.ONE;
        }
        BigDecimal rate = new BigDecimal(text);
        if (rate.signum() == 0) {
            row.fault("rate", "must be more than 0");
        } else if (rate.stripTrailingZeros().scale() > SCALE) {
            row.fault("rate", "must have at most " + SCALE + " decimals");
        } else if (rate.precision() - rate.scale() > WHOLE_DIGITS) {
            row.fault("rate", "must have at most " + WHOLE_DIGITS + " digits before the point");
        }
        return rate;
    }
}
