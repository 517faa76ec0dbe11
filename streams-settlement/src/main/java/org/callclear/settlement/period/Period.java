package org.callclear.settlement.period;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A settlement period: a calendar day or month in the clearinghouse's time zone.
 *
 * @param length day or month
 * @param start its first day
 */
public record Period(PeriodLength length, LocalDate start) implements Comparable<Period> {
    private static final Pattern FORM = Pattern.compile("[0-9]{4}-[0-9]{2}(-[0-9]{2})?");
    private static final int DAY_FORM = 10;

    /** @throws IllegalArgumentException when a month does not start on its first day */
    public Period {
        if (length == PeriodLength.MONTH && start.getDayOfMonth() != 1) {
            throw new IllegalArgumentException("a month starts on its first day, not on " + start);
        }
    }

    /** The period that an instant falls in. */
    public static Period at(Instant now, ZoneId zone, PeriodLength length) {
        LocalDate day = now.atZone(zone).toLocalDate();
        return new Period(length, length == PeriodLength.DAY ? day : day.withDayOfMonth(1));
    }

    /** Reads {@code yyyy-MM} or {@code yyyy-MM-dd}; empty when it is neither. */
    public static Optional<Period> parse(String name) {
        if (!FORM.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    name.length() == DAY_FORM
                            ? new Period(PeriodLength.DAY, LocalDate.parse(name))
                            : new Period(
                                    PeriodLength.MONTH, YearMonth.parse(name).atDay(1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The period that begins where this one ends. */
    public Period next() {
        return new Period(length, length == PeriodLength.DAY ? start.plusDays(1) : start.plusMonths(1));
    }

    /** Its name: {@code yyyy-MM} or {@code yyyy-MM-dd}. */
    public String name() {
        return length == PeriodLength.DAY
                ? start.toString()
                : YearMonth.from(start).toString();
    }

    /** By first day; the shorter first. */
    @Override
    public int compareTo(Period other) {
        int byStart = start.compareTo(other.start);
        return byStart != 0 ? byStart : length.compareTo(other.length);
    }

    @Override
    public String toString() {
        return name();
    }
}
