package org.callclear.app.reference;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.callclear.app.reference.DeckDraft.Placed;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.jspecify.annotations.Nullable;

/** Makes rates of the rows of one file. What many rows say in the same words is kept once. */
final class DeckReading {
    private static final int DAY = 86_400;
    private static final int MOST_REMEMBERED = 10_000;
    private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(6);

    private final List<Placed> rows = new ArrayList<>();
    private final Set<String> untimed = new HashSet<>();
    private final Map<String, Instant> instants = new HashMap<>();
    private final Map<String, String> destinations = new HashMap<>();
    private final Map<BigDecimal, BigDecimal> fees = new HashMap<>();
    private boolean began;
    private String currency = "";

    void take(Row row) {
        takeCurrency(row);
        int faults = row.faults();
        String prefix = row.prefix("prefix");
        Instant from = instant(row, "valid_from");
        @Nullable Instant to = row.isBlank("valid_to") ? null : instant(row, "valid_to");
        if (row.faults() == faults && to != null && !to.isAfter(from)) {
            row.fault("valid_to", "must be after valid_from");
        }
        boolean hasTimes = row.faults() == faults;
        RateRow rate = rate(row, prefix, from, to);
        if (hasTimes) {
            rows.add(new Placed(rate, row.line()));
        } else {
            untimed.add(prefix);
        }
    }

    private RateRow rate(Row row, String prefix, Instant from, @Nullable Instant to) {
        RateStatus status = status(row);
        boolean free = status == RateStatus.BLOCKED_RATE && row.isBlank("rate_per_minute");
        return new RateRow(
                prefix,
                remembered(destinations, row.text("destination")),
                free ? NOTHING : row.amount("rate_per_minute"),
                row.number("initial_seconds", 1, DAY),
                row.number("increment_seconds", 1, DAY),
                remembered(fees, row.amountOrNone("connect_fee")),
                from,
                to,
                status);
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

    private void takeCurrency(Row row) {
        if (!row.has(DeckFile.CURRENCY)) {
            return;
        }
        int faults = row.faults();
        String code = row.currency(DeckFile.CURRENCY);
        if (row.faults() > faults) {
            return;
        }
        if (!began) {
            began = true;
            currency = code;
        } else if (!code.equals(currency)) {
            row.fault(DeckFile.CURRENCY, "must be " + currency + " as in the rows before: a deck has one currency");
        }
    }

    private Instant instant(Row row, String field) {
        Instant known = instants.get(row.raw(field));
        if (known != null) {
            return known;
        }
        int faults = row.faults();
        Instant instant = row.instant(field);
        if (row.faults() == faults && instants.size() < MOST_REMEMBERED) {
            instants.put(row.raw(field), instant);
        }
        return instant;
    }

    private static <T> T remembered(Map<T, T> known, T value) {
        T before = known.get(value);
        if (before == null && known.size() < MOST_REMEMBERED) {
            known.put(value, value);
        }
        return before == null ? value : before;
    }

    DeckDraft draft(CsvTable table) {
        if (rows.isEmpty() && table.faults().isEmpty()) {
            table.faults().add(new Fault(table.file(), 0, "", "", "has no rates"));
        }
        return new DeckDraft(table.file(), rows, currency, table.faults(), untimed);
    }
}
