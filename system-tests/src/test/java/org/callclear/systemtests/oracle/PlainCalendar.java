package org.callclear.systemtests.oracle;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.Locale;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateTerms;

/** Periods of a length in a zone; a period is known by its first day. */
record PlainCalendar(PeriodLength length, String zone) {
    static PlainCalendar of(RateTerms terms) {
        return new PlainCalendar(terms.getPeriodLength(), terms.getPeriodZone());
    }

    static PlainCalendar of(PeriodBarrier barrier) {
        return new PlainCalendar(barrier.getLength(), barrier.getZone());
    }

    LocalDate dayOf(Instant instant) {
        return ZonedDateTime.ofInstant(instant, ZoneId.of(zone)).toLocalDate();
    }

    /** First day of the period that the day is in. */
    LocalDate periodOf(LocalDate day) {
        return switch (length) {
            case DAY -> day;
            case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - (long) DayOfWeek.MONDAY.getValue());
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    LocalDate next(LocalDate period) {
        return switch (length) {
            case DAY -> period.plusDays(1);
            case WEEK -> period.plusDays(7);
            case MONTH -> period.plusMonths(1);
        };
    }

    Instant begin(LocalDate period) {
        return period.atStartOfDay(ZoneId.of(zone)).toInstant();
    }

    /** The name without the zone. */
    String bareName(LocalDate period) {
        return switch (length) {
            case DAY -> period.toString();
            case WEEK ->
                String.format(
                        Locale.ROOT,
                        "%04d-W%02d",
                        period.get(IsoFields.WEEK_BASED_YEAR),
                        period.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case MONTH -> String.format(Locale.ROOT, "%04d-%02d", period.getYear(), period.getMonthValue());
        };
    }

    String name(LocalDate period) {
        return zone.equals("UTC") ? bareName(period) : bareName(period) + "@" + zone;
    }

    /** The period that a name, with or without a zone, stands for. */
    LocalDate named(String name) {
        String bare = name.contains("@") ? name.substring(0, name.indexOf('@')) : name;
        return switch (length) {
            case DAY -> LocalDate.parse(bare);
            case WEEK ->
                LocalDate.of(Integer.parseInt(bare.substring(0, 4)), 1, 4)
                        .with(DayOfWeek.MONDAY)
                        .plusWeeks(Integer.parseInt(bare.substring(6)) - 1L);
            case MONTH -> LocalDate.parse(bare + "-01");
        };
    }
}
