package org.callclear.settlement.intake;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.settlement.period.Calendar;
import org.callclear.settlement.period.JournalStandings;
import org.callclear.settlement.period.Opening;
import org.callclear.settlement.period.Period;

/**
 * The open periods of the journal, one for each calendar that ever began, and which command opened each. A barrier bears
 * all of them in its headers, so that its last one tells how the journal stands. Immutable.
 */
public final class Openings {
    private static final String HEADER = "open";
    private static final char BETWEEN = '|';

    /** Of a journal without a barrier. */
    public static final Openings NONE = new Openings(new TreeMap<>());

    private final SortedMap<Calendar, Opening> byCalendar;

    private Openings(SortedMap<Calendar, Opening> byCalendar) {
        this.byCalendar = byCalendar;
    }

    /** How the journal stands after a barrier that is its last. */
    static Openings read(Headers headers, PeriodBarrier barrier) {
        Openings found = NONE;
        for (Header header : headers.headers(HEADER)) {
            String text = new String(header.value(), StandardCharsets.UTF_8);
            int end = text.indexOf(BETWEEN);
            Period period = Period.parse(text.substring(0, Math.max(end, 0)))
                    .orElseThrow(
                            () -> new IllegalStateException("the journal's last barrier opens no period: " + text));
            found = found.with(new Opening(period, text.substring(end + 1)));
        }
        // Barriers had no headers while there was one calendar.
        return found.with(barrier);
    }

    /** Puts them on a barrier after which the journal stands so. */
    void write(Headers headers) {
        for (Opening opening : byCalendar.values()) {
            String text = opening.period().id() + BETWEEN + opening.commandId();
            headers.add(HEADER, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** These, after a barrier. */
    Openings with(PeriodBarrier barrier) {
        return with(new Opening(JournalStandings.opened(barrier), barrier.getCommandId()));
    }

    /** These, after several barriers. */
    Openings with(Collection<PeriodBarrier> barriers) {
        Openings after = this;
        for (PeriodBarrier barrier : barriers) {
            after = after.with(barrier);
        }
        return after;
    }

    private Openings with(Opening opening) {
        SortedMap<Calendar, Opening> after = new TreeMap<>(byCalendar);
        after.put(opening.period().calendar(), opening);
        return new Openings(after);
    }

    /** All of them, by calendar. */
    public List<Opening> all() {
        return List.copyOf(byCalendar.values());
    }

    /** Those of some calendars that have not begun. */
    SortedSet<Calendar> missing(Collection<Calendar> calendars) {
        SortedSet<Calendar> missing = new TreeSet<>(calendars);
        missing.removeAll(byCalendar.keySet());
        return missing;
    }
}
