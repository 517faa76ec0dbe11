package org.callclear.settlement.stages;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.callclear.schemas.avro.JournalStanding;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.settlement.period.Calendar;
import org.callclear.settlement.period.JournalStandings;
import org.callclear.settlement.period.PeriodFinder;
import org.callclear.settlement.period.PeriodSpan;
import org.callclear.settlement.reconcile.Placed;
import org.jspecify.annotations.Nullable;

/** Places amounts in the periods that are open where a partition of the journal stands. */
final class Places implements Placed.Placing {
    private final IdentityHashMap<RateTerms, Days> days = new IdentityHashMap<>();
    /** One object for all equal ones: it is found by what it is, and not by what is in it. */
    private final Map<Calendar, Days> distinct = new HashMap<>();

    private final PeriodFinder finder = new PeriodFinder();
    private JournalStanding standing = JournalStandings.start();
    /** Neighbouring calls mostly go by the same calendar. */
    private @Nullable Days last;

    private @Nullable PeriodLength lastLength;
    private @Nullable String lastZone;

    /** The days of a calendar. It remembers the last one: neighbouring calls are mostly of the same day. */
    private static final class Days {
        private final Calendar calendar;
        private long begin;
        private long end;
        private int day;

        private Days(Calendar calendar) {
            this.calendar = calendar;
        }

        /** The day that an instant falls in there, counted from 1970-01-01. */
        private int at(long millis) {
            if (millis < begin || millis >= end) {
                LocalDate date =
                        Instant.ofEpochMilli(millis).atZone(calendar.zone()).toLocalDate();
                begin = millisAtStart(date);
                end = millisAtStart(date.plusDays(1));
                day = (int) date.toEpochDay();
            }
            return day;
        }

        private long millisAtStart(LocalDate date) {
            return date.atStartOfDay(calendar.zone()).toInstant().toEpochMilli();
        }
    }

    void standAt(JournalStanding place) {
        this.standing = place;
    }

    @Override
    public Placed place(RateTerms terms, long ratedAt) {
        Days of = last;
        if (of == null
                || lastLength != terms.getPeriodLength()
                || !terms.getPeriodZone().equals(lastZone)) {
            of = days.get(terms);
            if (of == null) {
                of = distinct.computeIfAbsent(Calendar.of(terms), Days::new);
                days.put(terms, of);
            }
            last = of;
            lastLength = terms.getPeriodLength();
            lastZone = terms.getPeriodZone();
        }
        PeriodSpan posted = finder.postedTo(standing, of.calendar, ratedAt);
        boolean late = ratedAt < posted.beginMillis();
        return new Placed(posted.id(), late ? finder.at(ratedAt, of.calendar).id() : null, of.at(ratedAt));
    }
}
