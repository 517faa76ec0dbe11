package org.callclear.settlement.period;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.util.Optional;
import java.util.regex.Pattern;
import org.callclear.schemas.avro.PeriodLength;

/**
 * The name of a period without its zone: {@code 2026-11-23}, {@code 2026-W48} or {@code 2026-11}.
 *
 * @param length which of the three it is
 * @param firstDay the period's first day
 */
public record PeriodName(PeriodLength length, LocalDate firstDay) {
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern WEEK = Pattern.compile("[0-9]{4}-W[0-9]{2}");
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
    private static final int YEAR_DIGITS = 4;
    private static final int WEEK_DIGITS = 2;

    /** How a period is named, for messages. */
    public static final String FORMS = "yyyy-MM, yyyy-Www or yyyy-MM-dd";

    /** Reads a name; empty when it is none, or names a day, week or month that does not exist. */
    public static Optional<PeriodName> parse(String name) {
        try {
            if (DAY.matcher(name).matches()) {
                return Optional.of(new PeriodName(PeriodLength.DAY, LocalDate.parse(name)));
            }
            if (WEEK.matcher(name).matches()) {
                return Optional.of(new PeriodName(PeriodLength.WEEK, monday(name)));
            }
            return MONTH.matcher(name).matches()
                    ? Optional.of(new PeriodName(
                            PeriodLength.MONTH, YearMonth.parse(name).atDay(1)))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** @throws DateTimeException when the year has no such week */
    private static LocalDate monday(String name) {
        int year = Integer.parseInt(name.substring(0, YEAR_DIGITS));
        int week = Integer.parseInt(name.substring(name.length() - WEEK_DIGITS));
        LocalDate inFirstWeek = LocalDate.of(year, 1, 4);
        LocalDate monday = inFirstWeek
                .minusDays(inFirstWeek.getDayOfWeek().getValue() - 1L)
                .plusWeeks(week - 1L);
        if (monday.get(IsoFields.WEEK_BASED_YEAR) != year) {
            throw new DateTimeException(year + " has no week " + week);
        }
        return monday;
    }

    @Override
    public String toString() {
        return switch (length) {
            case DAY -> firstDay.toString();
            case WEEK ->
                padded(firstDay.get(IsoFields.WEEK_BASED_YEAR), YEAR_DIGITS) + "-W"
                        + padded(firstDay.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), WEEK_DIGITS);
            case MONTH -> YearMonth.from(firstDay).toString();
        };
    }

    private static String padded(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
