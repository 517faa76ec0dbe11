package org.callclear.settlement.period;

/** How long a settlement period lasts. */
public enum PeriodLength {
    /** A calendar day, named yyyy-MM-dd. */
    DAY,
    /** A calendar month, named yyyy-MM. */
    MONTH
}
