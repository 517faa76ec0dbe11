package org.callclear.settlement.period;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.callclear.schemas.avro.PeriodLength;

/**
 * A settlement period of a calendar: from its first day's first instant in the calendar's zone to the next period's. A
 * day may so last 23 or 25 hours, or begin at one o'clock where the clocks skip midnight.
 *
 * @param calendar that it is a period of
 * @param start its first day
 */
public record Period(Calendar calendar, LocalDate start) implements Comparable<Period> {
    private static final String UTC = "UTC";
    private static final char AT = '@';

    /** @throws IllegalArgumentException when no period of the calendar starts on that day */
    public Period {
        if (!calendar.firstDay(start).equals(start)) {
            throw new IllegalArgumentException("no period of " + calendar + " starts on " + start);
        }
    }

    /** The period that an instant falls in. */
    public static Period at(Instant instant, Calendar calendar) {
        LocalDate day = instant.atZone(calendar.zone()).toLocalDate();
        Period period = new Period(calendar, calendar.firstDay(day));
        // Where clocks were set back across midnight a day's name comes twice; it counts from its first instant.
        return instant.isBefore(period.end()) ? period : period.next();
    }

    /** Reads an id, whatever length its form tells; empty when it is none. Without a zone it is one of UTC. */
    public static Optional<Period> parse(String id) {
        return parse(id, PeriodLength.values());
    }

    /** Reads an id of a period of one of these lengths; empty when it is none. Without a zone it is one of UTC. */
    public static Optional<Period> parse(String id, PeriodLength... lengths) {
        int at = id.indexOf(AT);
        String zone = at < 0 ? UTC : id.substring(at + 1);
        return PeriodName.parse(at < 0 ? id : id.substring(0, at))
                .flatMap(name -> in(name, zone))
                .filter(found -> Set.of(lengths).contains(found.calendar().length()))
                .filter(found -> found.id().equals(id));
    }

    /** The period of that name in a zone; empty when there is no such zone. */
    public static Optional<Period> in(PeriodName name, String zone) {
        try {
            return Optional.of(new Period(new Calendar(name.length(), ZoneId.of(zone)), name.firstDay()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The period that begins where this one ends. */
    public Period next() {
        return new Period(calendar, calendar.moved(start, 1));
    }

    /** Its first instant. */
    public Instant begin() {
        return start.atStartOfDay(calendar.zone()).toInstant();
    }

    /** The first instant after it. */
    public Instant end() {
        return calendar.moved(start, 1).atStartOfDay(calendar.zone()).toInstant();
    }

    /** Its name, which other zones have too: {@code 2026-11-23}, {@code 2026-W48} or {@code 2026-11}. */
    public String name() {
        return new PeriodName(calendar.length(), start).toString();
    }

    /** What it is called wherever it stands: its name, with the zone where that is not UTC, {@code 2026-11@Europe/Berlin}. */
    public String id() {
        String zone = calendar.zone().getId();
        return zone.equals(UTC) ? name() : name() + AT + zone;
    }

    /** By first day, then by calendar: within one calendar, the order of time. */
    @Override
    public int compareTo(Period other) {
        int byStart = start.compareTo(other.start);
        return byStart != 0 ? byStart : calendar.compareTo(other.calendar);
    }

    @Override
    public String toString() {
        return id();
    }
}
