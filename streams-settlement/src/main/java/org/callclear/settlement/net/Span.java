package org.callclear.settlement.net;

import java.time.LocalDate;
import org.callclear.settlement.period.Period;

/**
 * The days of a settlement period. Carriers may count in other zones and lengths: in a netting periods are told apart by
 * their last days, whatever the zone.
 *
 * @param name the period's name without its zone
 * @param first its first day
 * @param last its last day
 */
public record Span(String name, LocalDate first, LocalDate last) {
    private static final char ZONE = '@';

    /** How a period lies to the one that is netted. */
    enum Place {
        /** It ended before that one began. */
        BEFORE,
        /** It ended while that one lasted, or with it. */
        DURING,
        /** It ended later. */
        AFTER
    }

    /**
     * The days of a period.
     *
     * @param period its name, with or without a zone
     * @throws IllegalArgumentException when it is no name of a period
     */
    public static Span of(String period) {
        int zone = period.indexOf(ZONE);
        String name = zone < 0 ? period : period.substring(0, zone);
        Period known = Period.parse(name)
                .orElseThrow(() -> new IllegalArgumentException("'" + period + "' is no name of a period"));
        return new Span(name, known.start(), known.next().start().minusDays(1));
    }

    /** Whether the other is an earlier period of the same form: day, week or month. */
    public boolean follows(Span other) {
        return name.length() == other.name.length() && of(other) == Place.BEFORE;
    }

    Place of(Span other) {
        if (other.last.isBefore(first)) {
            return Place.BEFORE;
        }
        return other.last.isAfter(last) ? Place.AFTER : Place.DURING;
    }
}
