package org.callclear.settlement.period;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.callclear.schemas.avro.JournalStanding;
import org.callclear.schemas.avro.OpenPeriod;

/**
 * Finds the period of an entry. It remembers what it found last, for it is asked for every call, and gives the same
 * answers as without. For one thread.
 */
public final class PeriodFinder {
    private final Map<Calendar, PeriodSpan> found = new HashMap<>();
    private final Map<Calendar, PeriodSpan> open = new HashMap<>();

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

    private PeriodSpan openIn(JournalStanding standing, Calendar calendar) {
        Optional<OpenPeriod> opened = JournalStandings.open(standing, calendar);
        if (opened.isEmpty()) {
            return PeriodSpan.at(JournalStandings.millis(standing), calendar);
        }
        String id = opened.get().getPeriod();
        PeriodSpan last = open.get(calendar);
        if (last != null && last.id().equals(id)) {
            return last;
        }
        PeriodSpan span = PeriodSpan.of(JournalStandings.period(opened.get()));
        open.put(calendar, span);
        return span;
    }
}
