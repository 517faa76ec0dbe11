package org.callclear.settlement.stages;

import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.callclear.schemas.avro.JournalStanding;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.settlement.period.Calendar;
import org.callclear.settlement.period.JournalStandings;
import org.callclear.settlement.period.PeriodFinder;
import org.callclear.settlement.period.PeriodSpan;
import org.callclear.settlement.reconcile.Placed;

/** Places amounts in the periods that are open where a partition of the journal stands. */
final class Places implements Placed.Placing {
    private final IdentityHashMap<RateTerms, Calendar> calendars = new IdentityHashMap<>();
    /** One object for all equal ones: it is found by what it is, and not by what is in it. */
    private final Map<Calendar, Calendar> distinct = new HashMap<>();

    private final PeriodFinder finder = new PeriodFinder();
    private JournalStanding standing = JournalStandings.start();

    void standAt(JournalStanding place) {
        this.standing = place;
    }

    @Override
    public Placed place(RateTerms terms, long ratedAt) {
        Calendar calendar = calendars.get(terms);
        if (calendar == null) {
            calendar = Calendar.of(terms);
            Calendar known = distinct.putIfAbsent(calendar, calendar);
            calendar = known == null ? calendar : known;
            calendars.put(terms, calendar);
        }
        PeriodSpan posted = finder.postedTo(standing, calendar, ratedAt);
        boolean late = ratedAt < posted.beginMillis();
        return new Placed(
                posted.id(), late ? finder.at(ratedAt, calendar).id() : null, (int) Instant.ofEpochMilli(ratedAt)
                        .atZone(calendar.zone())
                        .toLocalDate()
                        .toEpochDay());
    }
}
