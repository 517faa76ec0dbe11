package org.callclear.app.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.function.Function;

/** A point in time as somebody types it: an instant of RFC 3339, or a day, which begins where its calendar is kept. */
record TimeBound(Function<ZoneId, Instant> begin) {
    /**
     * Reads one.
     *
     * @param option the user typed it for
     * @throws CommandException when it is neither
     */
    static TimeBound parse(String option, String text) {
        try {
            if (text.indexOf('T') < 0) {
                LocalDate day = LocalDate.parse(text);
                return new TimeBound(zone -> day.atStartOfDay(zone).toInstant());
            }
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return new TimeBound(zone -> instant);
        } catch (DateTimeException e) {
            throw new CommandException(option + " '" + text
                    + "': must be a day, such as 2026-11-01, or an instant of RFC 3339, such as 2026-11-01T00:00:00Z");
        }
    }

    Instant at(ZoneId zone) {
        return begin.apply(zone);
    }
}
