package org.callclear.settlement.period;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.JournalStanding;
import org.callclear.schemas.avro.OpenPeriod;
import org.callclear.schemas.avro.PeriodBarrier;
import org.jspecify.annotations.Nullable;

/**
 * Where a partition of the journal stands: the open period of every calendar that has begun, and its time, which goes by
 * what records say. A standing is never changed; what changes it gives a new one.
 */
public final class JournalStandings {
    private static final long MILLIS = 1000;

    private JournalStandings() {}

    /** Before the first record. */
    public static JournalStanding start() {
        return new JournalStanding(0L, List.of());
    }

    /** The standing once a record has shown that it is so late; the same object when that is nothing new. */
    public static JournalStanding advanced(JournalStanding standing, Instant seen) {
        return seen.getEpochSecond() <= standing.getLogSeconds()
                ? standing
                : new JournalStanding(seen.getEpochSecond(), standing.getOpen());
    }

    /** The log time in ms since 1970, in whole seconds. */
    public static long millis(JournalStanding standing) {
        return standing.getLogSeconds() * MILLIS;
    }

    /** The open period of a calendar; empty while no barrier has opened one. */
    public static Optional<Period> openPeriod(JournalStanding standing, Calendar calendar) {
        return open(standing, calendar).map(JournalStandings::period);
    }

    /** Whether a barrier closes the open period of its calendar, or is its first where none is open. */
    public static boolean fits(JournalStanding standing, PeriodBarrier barrier) {
        Optional<Period> open = openPeriod(standing, opened(barrier).calendar());
        return open.equals(closed(barrier));
    }

    /**
     * The standing after a barrier that fits. The first period of a calendar also covers what stood before its barrier.
     *
     * @param offset the barrier's
     */
    public static JournalStanding turned(JournalStanding standing, PeriodBarrier barrier, long offset) {
        Period opened = opened(barrier);
        List<OpenPeriod> open = new ArrayList<>(standing.getOpen());
        open.removeIf(period -> Calendar.of(period).equals(opened.calendar()));
        open.add(new OpenPeriod(
                opened.calendar().length(),
                opened.calendar().zone().getId(),
                opened.id(),
                barrier.getCloses() == null ? 0 : offset + 1));
        return new JournalStanding(standing.getLogSeconds(), List.copyOf(open));
    }

    /**
     * What tells the rest of settlement that a period is over; null for the first barrier of a calendar, which ends none.
     *
     * @param standing before a barrier that fits
     */
    public static @Nullable CalendarMarker marker(
            JournalStanding standing, PeriodBarrier barrier, int partition, long offset) {
        Period closed = closed(barrier).orElse(null);
        if (closed == null) {
            return null;
        }
        long from = open(standing, closed.calendar())
                .map(OpenPeriod::getFromOffset)
                .orElseThrow(() -> new IllegalArgumentException(closed + " is not open"));
        return new CalendarMarker(
                closed.id(),
                closed.calendar().length(),
                closed.calendar().zone().getId(),
                partition,
                barrier.getPartitions(),
                from,
                offset,
                barrier.getCarriers(),
                barrier.getSalt());
    }

    /** The period that a barrier opens. */
    public static Period opened(PeriodBarrier barrier) {
        return period(barrier.getOpens(), barrier.getZone());
    }

    /** The period that a barrier closes; empty for the first of its calendar. */
    public static Optional<Period> closed(PeriodBarrier barrier) {
        return Optional.ofNullable(barrier.getCloses()).map(closes -> period(closes, barrier.getZone()));
    }

    static Optional<OpenPeriod> open(JournalStanding standing, Calendar calendar) {
        String zone = calendar.zone().getId();
        for (OpenPeriod open : standing.getOpen()) {
            if (open.getLength() == calendar.length() && open.getZone().equals(zone)) {
                return Optional.of(open);
            }
        }
        return Optional.empty();
    }

    static Period period(OpenPeriod open) {
        return period(open.getPeriod(), open.getZone());
    }

    /** Barriers before calendars had ids bore the name, and the zone beside it. */
    private static Period period(String idOrName, String zone) {
        int at = idOrName.indexOf('@');
        return PeriodName.parse(at < 0 ? idOrName : idOrName.substring(0, at))
                .flatMap(name -> Period.in(name, zone))
                .orElseThrow(() -> new IllegalStateException("the journal names no period: " + idOrName));
    }
}
