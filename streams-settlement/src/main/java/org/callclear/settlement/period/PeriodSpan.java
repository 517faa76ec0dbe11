package org.callclear.settlement.period;

import java.time.Instant;

/**
 * A period with what is asked of it for every call, worked out once.
 *
 * @param period the period
 * @param id its id
 * @param beginMillis its first instant, ms since 1970
 * @param endMillis the first instant after it, ms since 1970
 */
public record PeriodSpan(Period period, String id, long beginMillis, long endMillis) {

    /** The span of a period. */
    public static PeriodSpan of(Period period) {
        return new PeriodSpan(
                period, period.id(), period.begin().toEpochMilli(), period.end().toEpochMilli());
    }

    /** The span of the period that an instant falls in. */
    static PeriodSpan at(long millis, Calendar calendar) {
        return of(Period.at(Instant.ofEpochMilli(millis), calendar));
    }

    boolean contains(long millis) {
        return beginMillis <= millis && millis < endMillis;
    }
}
