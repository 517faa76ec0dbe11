package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What one unit of a currency is worth in another.
 *
 * @param date the day it is published for
 * @param from ISO 4217
 * @param to ISO 4217, another one
 * @param rate units of {@code to} for one of {@code from}, more than 0
 */
public record ExchangeRate(LocalDate date, String from, String to, BigDecimal rate) {
    /** @throws IllegalArgumentException when the rate is not positive, or both currencies are the same */
    public ExchangeRate {
        if (rate.signum() <= 0) {
            throw new IllegalArgumentException("rate " + rate + " from " + from + " to " + to + " is not positive");
        }
        if (from.equals(to)) {
            throw new IllegalArgumentException("a rate from " + from + " to itself");
        }
    }
}
