package org.callclear.clearinghouse.limit;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.rating.Billing;

/**
 * What a call costs its originating carrier while nobody has reported it: a first amount when it is granted, and one for each
 * further minute of the clock in which it is up. Whenever it was answered, however its terms count seconds, and whatever
 * rate changes they hold, that is never less than what its talk would be billed, and it is no more than that can be made to
 * hold with; but for calls that are free up to a threshold, which have no cost yet in their first minutes. In exact units.
 *
 * @param currency ISO 4217
 * @param first by how much the most that any talk is billed exceeds its whole minutes; with fees and minimum charge
 * @param perMinute of each further minute, at the highest rate of the terms
 * @param terms as granted
 */
record Charge(String currency, BigInteger first, BigInteger perMinute, RateTerms terms) {
    private static final int MINUTE = 60;

    static Charge of(RateTerms terms) {
        BigDecimal highest = terms.getRatePerMinute();
        for (RateChange change : terms.getRateChanges()) {
            highest = highest.max(change.getRatePerMinute());
        }
        RateTerms dearest =
                RateTerms.newBuilder(terms).setRatePerMinute(highest).build();
        BigInteger fee = Billing.price(0, dearest).units();
        BigInteger least = Billing.price(0, Instant.EPOCH, terms).exact().units();
        return new Charge(
                terms.getCurrency(),
                Billing.price(mostBeyondWholeMinutes(terms), dearest).units().max(least),
                Billing.price(MINUTE, dearest).units().subtract(fee),
                terms);
    }

    /**
     * By how many seconds what is billed exceeds the whole minutes of the talk, at most. It does so most where a block begins:
     * after {@code II + k * NI} seconds all of {@code II + (k + 1) * NI} are billed. How far into a minute that can be
     * depends on what {@code NI} and a minute have in common.
     */
    private static long mostBeyondWholeMinutes(RateTerms terms) {
        long initial = terms.getInitialSeconds();
        long increment = terms.getIncrementSeconds();
        long free = terms.getFreeSecondsRule() == FreeSecondsRule.SUBTRACT ? terms.getFreeSeconds() : 0;
        long common =
                BigInteger.valueOf(increment).gcd(BigInteger.valueOf(MINUTE)).longValueExact();
        long most = Math.max(0, initial - wholeMinutes(free));
        if (terms.getIncrementAnchor() == IncrementAnchor.FROM_ZERO) {
            long first = Math.ceilDiv(initial + 1, increment) * increment;
            most = Math.max(most, first - wholeMinutes(initial + free));
            return Math.max(most, increment - free + MINUTE - common + free % common);
        }
        return Math.max(most, increment - free + MINUTE - common + (initial + free) % common);
    }

    private static long wholeMinutes(long seconds) {
        return seconds / MINUTE * MINUTE;
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
