package org.callclear.settlement.period;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.OpenPeriod;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateTerms;

/**
 * How time is cut into settlement periods: without gaps and without overlaps, whatever a zone's clocks do.
 *
 * @param length of a period: a calendar day, an ISO 8601 week or a calendar month
 * @param zone the time zone whose days are counted
 */
public record Calendar(PeriodLength length, ZoneId zone) implements Comparable<Calendar> {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /** The offset zero is UTC by another name. */
    public Calendar {
        zone = zone.equals(ZoneOffset.UTC) ? UTC : zone;
    }

    /** The calendar that the calls of these terms are settled by. */
    public static Calendar of(RateTerms terms) {
        return of(terms.getPeriodLength(), terms.getPeriodZone());
    }

    /** The calendar of an open period. */
    public static Calendar of(OpenPeriod open) {
        return of(open.getLength(), open.getZone());
    }

    /** The calendar that a contract asks for; empty when it names no zone that is known here. */
    public static Optional<Calendar> of(Contract contract) {
        try {
            return Optional.of(of(contract.getPeriodLength(), contract.getPeriodZone()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * A calendar of this zone.
     *
     * @param zone IANA name
     * @throws DateTimeException when there is no such zone
     */
    public static Calendar of(PeriodLength length, String zone) {
        return new Calendar(length, ZoneId.of(zone));
    }

    /** The first day of the period that a day belongs to. */
    LocalDate firstDay(LocalDate day) {
        return switch (length) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The first day of a period that comes so many periods later; earlier when negative. */
    LocalDate moved(LocalDate firstDay, int periods) {
        return switch (length) {
            case DAY -> firstDay.plusDays(periods);
            case WEEK -> firstDay.plusWeeks(periods);
            case MONTH -> firstDay.plusMonths(periods);
        };
    }

    /** By length, then by the zone's name. */
    @Override
    public int compareTo(Calendar other) {
        int byLength = length.compareTo(other.length);
        return byLength != 0 ? byLength : zone.getId().compareTo(other.zone.getId());
    }

    /** Such as {@code MONTH Europe/Berlin}. */
    @Override
    public String toString() {
        return length + " " + zone;
    }
}
