package org.callclear.settlement.period;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.callclear.schemas.avro.JournalStanding;
import org.callclear.schemas.avro.OpenPeriod;
import org.jspecify.annotations.Nullable;

/**
 * Finds the period of an entry. It remembers what it found last, for it is asked for every call, and gives the same
 * answers as without. For one thread.
 */
public final class PeriodFinder {
    private final Map<Calendar, PeriodSpan> found = new HashMap<>();
    private final Map<Calendar, PeriodSpan> open = new HashMap<>();
    /** A barrier changes what is open, and makes another list of it; time that goes on does not. */
    private @Nullable List<OpenPeriod> lastOpen;

    private @Nullable Calendar lastCalendar;
    private @Nullable PeriodSpan lastEarliest;

    /**
     * The period that an instant falls in.
     *
     * @param millis ms since 1970
     */
    public PeriodSpan at(long millis, Calendar calendar) {
        PeriodSpan last = found.get(calendar);
        if (last != null && last.contains(millis)) {
            return last;
        }
        PeriodSpan span = PeriodSpan.at(millis, calendar);
        found.put(calendar, span);
        return span;
    }

    /**
     * The period that an entry is posted to: the later of the one that is open where the journal stands and the one of
     * its rating instant. While no barrier has opened the calendar, the period of the log time counts as open.
     *
     * @param ratedAtMillis the rating instant, ms since 1970
     */
    public PeriodSpan postedTo(JournalStanding standing, Calendar calendar, long ratedAtMillis) {
        PeriodSpan earliest = openIn(standing, calendar);
        return ratedAtMillis < earliest.endMillis() ? earliest : at(ratedAtMillis, calendar);
    }

    @SuppressWarnings("ReferenceEquality") // of equal ones the other object is only slower
    private PeriodSpan openIn(JournalStanding standing, Calendar calendar) {
        if (lastOpen != null && lastEarliest != null && standing.getOpen() == lastOpen && calendar == lastCalendar) {
            return lastEarliest;
        }
        Optional<OpenPeriod> opened = JournalStandings.open(standing, calendar);
        if (opened.isEmpty()) {
            return PeriodSpan.at(JournalStandings.millis(standing), calendar);
        }
        String id = opened.get().getPeriod();
        PeriodSpan span = open.get(calendar);
        if (span == null || !span.id().equals(id)) {
            span = PeriodSpan.of(JournalStandings.period(opened.get()));
            open.put(calendar, span);
        }
        lastOpen = standing.getOpen();
        lastCalendar = calendar;
        lastEarliest = span;
        return span;
    }
}
