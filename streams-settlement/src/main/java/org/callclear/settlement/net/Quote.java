package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/** What a rate book says about a pair of currencies on a day. */
public sealed interface Quote {
    /**
     * There is a rate that holds.
     *
     * @param from the currency that is converted
     * @param to the currency it becomes
     * @param date the day the rate is published for; of a currency to itself the day asked for
     * @param rate as published
     * @param inverse whether it was published the other way round: then amounts are divided by it
     */
    record Found(String from, String to, LocalDate date, BigDecimal rate, boolean inverse) implements Quote {
        /** The amount in the other currency's minor units; rounded once, half up. */
        public BigDecimal convert(BigDecimal amount) {
            return inverse
                    ? amount.divide(rate, MinorUnits.digits(to), RoundingMode.HALF_UP)
                    : MinorUnits.rounded(amount.multiply(rate), to);
        }

        /** For people: the rate, or {@code 1/} the rate of the other way round. */
        public String rateText() {
            return (inverse ? "1/" : "") + rate.toPlainString();
        }
    }

    /** There is none that is dated on or shortly before that day, neither way round. */
    record Missing(String from, String to, LocalDate day) implements Quote {}
}
