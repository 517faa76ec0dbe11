package org.callclear.clearinghouse.limit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.rating.Billing;

/**
 * What a call costs its originating carrier while nobody has reported it: a first minute when it is granted, and each
 * further minute of the clock in which it is up, at the highest rate of its terms. That is never less than what it would be
 * billed, were it answered at once. In exact units.
 *
 * @param currency ISO 4217
 * @param first what one minute of talk is billed, with fees, initial seconds and minimum charge
 * @param perMinute of each further minute
 * @param terms as granted
 */
record Charge(String currency, BigInteger first, BigInteger perMinute, RateTerms terms) {
    private static final long MINUTE_MILLIS = 60_000;
    private static final int DECIMALS = 6;

    static Charge of(RateTerms terms, Instant now) {
        BigInteger first = Billing.price(MINUTE_MILLIS, now, terms).exact().units();
        BigDecimal highest = terms.getRatePerMinute();
        for (RateChange change : terms.getRateChanges()) {
            highest = highest.max(change.getRatePerMinute());
        }
        BigInteger micros = highest.movePointRight(DECIMALS).toBigIntegerExact();
        return new Charge(terms.getCurrency(), first, micros.multiply(BigInteger.valueOf(60)), terms);
    }

    /** What talk of so many milliseconds is billed. */
    BigInteger talk(long millis, Instant answeredAt) {
        return Billing.price(millis, answeredAt, terms).exact().units();
    }

    /** What a call is billed that was not answered. */
    BigInteger attempt() {
        return Billing.attempt(terms).units();
    }
}
