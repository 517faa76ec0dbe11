package org.callclear.app.exchange;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the texts of a row into what a record holds. A text that cannot be turned is noted as a fault. */
final class RowFields {
    private static final int MOST_DIGITS = 9;

    private final UsageRow row;
    private final List<RowFault> faults = new ArrayList<>();

    RowFields(UsageRow row) {
        this.row = row;
    }

    UsageRow row() {
        return row;
    }

    /** The faults so far. */
    List<RowFault> faults() {
        return faults;
    }

    /** Notes a fault; one for each column is enough. */
    void fault(String column, String why) {
        if (!isAtFault(column)) {
            faults.add(RowFault.of(row, column, why));
        }
    }

    boolean isAtFault(String column) {
        return faults.stream().anyMatch(fault -> fault.field().equals(column));
    }

    /** Bytes that are not UTF-8 are the fault of their column, whatever else might be said of it. */
    void checkEncoding() {
        if (row.fields().stream().allMatch(field -> field.indexOf(UsageReader.BROKEN) < 0)) {
            return;
        }
        for (String column : UsageRow.COLUMNS) {
            if (row.text(column).indexOf(UsageReader.BROKEN) >= 0) {
                fault(column, "is not UTF-8");
            }
        }
    }

    String text(String column) {
        return row.text(column);
    }

    @Nullable
    String textOrNull(String column) {
        String text = row.text(column);
        return text.isEmpty() ? null : text;
    }

    /** A whole number; the stand-in when it is none. */
    int number(String column, int standIn) {
        String text = row.text(column);
        boolean digits =
                !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (digits) {
            return Integer.parseInt(text);
        }
        fault(column, "must be a whole number");
        return standIn;
    }

    /** An instant; null when it is none. */
    @Nullable
    Instant instant(String column) {
        Instant instant = UtcTime.parse(row.text(column));
        if (instant == null) {
            fault(column, "must be a time in UTC such as 2026-11-23T12:00:00.000Z");
        }
        return instant;
    }

    /** One of some words; empty when it is none of them. */
    <E extends Enum<E>> Optional<E> choice(String column, List<E> choices) {
        String text = row.text(column);
        for (E choice : choices) {
            if (choice.name().equals(text)) {
                return Optional.of(choice);
            }
        }
        fault(column, "must be " + choices.stream().map(Enum::name).collect(Collectors.joining(" or ")));
        return Optional.empty();
    }
}
