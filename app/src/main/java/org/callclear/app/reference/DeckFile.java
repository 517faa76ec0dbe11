package org.callclear.app.reference;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.jspecify.annotations.Nullable;

/**
 * A rate deck as a file: {@code prefix,destination,rate_per_minute,initial_seconds,increment_seconds,connect_fee,
 * valid_from,valid_to,status}. An empty {@code valid_to} is open, an empty {@code connect_fee} none.
 */
public final class DeckFile {
    static final List<String> COLUMNS = List.of(
            "prefix",
            "destination",
            "rate_per_minute",
            "initial_seconds",
            "increment_seconds",
            "connect_fee",
            "valid_from",
            "valid_to",
            "status");
    private static final int DAY = 86_400;

    private DeckFile() {}

    /** Whether two rows of a prefix may be live at the same instant. */
    public enum Overlaps {
        /** No: what is published must say one thing. */
        REFUSED,
        /** Yes: the later {@code valid_from} wins, as everywhere. */
        ALLOWED
    }

    /** Reads and checks a file. */
    public static Checked<List<RateRow>> read(Path path, Overlaps overlaps) {
        return check(CsvTable.read(path, COLUMNS, List.of()), overlaps);
    }

    /** The same for content that is no file. */
    public static Checked<List<RateRow>> read(String name, byte[] content, Overlaps overlaps) {
        return check(CsvTable.read(name, content, COLUMNS, List.of()), overlaps);
    }

    private static Checked<List<RateRow>> check(CsvTable table, Overlaps overlaps) {
        List<RateRow> rates = new ArrayList<>();
        Map<String, List<Placed>> byPrefix = new HashMap<>();
        for (Row row : table.rows()) {
            RateRow rate = rate(row);
            rates.add(rate);
            byPrefix.computeIfAbsent(rate.getPrefix(), prefix -> new ArrayList<>())
                    .add(new Placed(row, rate));
        }
        byPrefix.values().forEach(rows -> compare(rows, overlaps));
        if (rates.isEmpty() && table.faults().isEmpty()) {
            table.faults().add(new Fault(table.file(), 0, "", "", "has no rates"));
        }
        return Checked.of(rates, table.faults());
    }

    private static RateRow rate(Row row) {
        RateStatus status = status(row);
        boolean free = status == RateStatus.BLOCKED_RATE && row.isBlank("rate_per_minute");
        BigDecimal none = BigDecimal.ZERO.setScale(6);
        Instant from = row.instant("valid_from");
        @Nullable Instant to = row.isBlank("valid_to") ? null : row.instant("valid_to");
        if (to != null && !to.isAfter(from)) {
            row.fault("valid_to", "must be after valid_from");
        }
        return RateRow.newBuilder()
                .setPrefix(row.prefix("prefix"))
                .setDestination(row.text("destination"))
                .setRatePerMinute(free ? none : row.amount("rate_per_minute"))
                .setInitialSeconds(row.number("initial_seconds", 1, DAY))
                .setIncrementSeconds(row.number("increment_seconds", 1, DAY))
                .setConnectFee(row.isBlank("connect_fee") ? none : row.amount("connect_fee"))
                .setValidFrom(from)
                .setValidTo(to)
                .setStatus(status)
                .build();
    }

    private static RateStatus status(Row row) {
        return switch (row.raw("status")) {
            case "ACTIVE" -> RateStatus.ACTIVE_RATE;
            case "BLOCKED" -> RateStatus.BLOCKED_RATE;
            default -> {
                row.fault("status", "must be ACTIVE or BLOCKED");
                yield RateStatus.ACTIVE_RATE;
            }
        };
    }

    /** The row of the file and what it says. */
    private record Placed(Row row, RateRow rate) {}

    private static void compare(List<Placed> rows, Overlaps overlaps) {
        rows.sort(Comparator.comparing(placed -> placed.rate().getValidFrom()));
        for (int i = 1; i < rows.size(); i++) {
            Placed earlier = rows.get(i - 1);
            Placed later = rows.get(i);
            Instant end = earlier.rate().getValidTo();
            Instant begin = later.rate().getValidFrom();
            String other = "line " + earlier.row().line();
            if (begin.equals(earlier.rate().getValidFrom())) {
                later.row().fault("prefix", "stands with the same valid_from on " + other);
            } else if (overlaps == Overlaps.REFUSED && (end == null || begin.isBefore(end))) {
                later.row()
                        .fault(
                                "valid_from",
                                "overlaps " + other + ", which holds for the same prefix until "
                                        + (end == null ? "further notice" : end));
            }
        }
    }
}
