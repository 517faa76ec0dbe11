package org.callclear.schemas.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.callclear.schemas.money.ExactAmount;

/** Seconds billed and what they cost. Every price in the product comes from here. */
public final class Billing {
    private static final int MILLIS = 1000;

    private Billing() {}

    /**
     * Talk time in whole seconds as the contract rounds it. Zero stays zero.
     *
     * @param talkedMillis ended minus answered, not negative
     */
    public static long wholeSeconds(long talkedMillis, DurationRounding rounding) {
        if (talkedMillis < 0) {
            throw new IllegalArgumentException("negative talk time: " + talkedMillis + " ms");
        }
        return switch (rounding) {
            case CEILING -> Math.ceilDiv(talkedMillis, (long) MILLIS);
            case HALF_UP -> Math.floorDiv(talkedMillis + MILLIS / 2, (long) MILLIS);
            case FLOOR -> talkedMillis / MILLIS;
        };
    }

    /**
     * Seconds billed for seconds talked: none for none, the initial seconds at least, then whole increments.
     *
     * @param seconds talked, not negative
     * @param initial seconds charged at once, at least 1
     * @param increment step after that, at least 1
     */
    public static long billedSeconds(long seconds, int initial, int increment, IncrementAnchor anchor) {
        if (seconds == 0) {
            return 0;
        }
        if (seconds <= initial) {
            return initial;
        }
        return switch (anchor) {
            case AFTER_INITIAL -> initial + Math.ceilDiv(seconds - initial, (long) increment) * increment;
            case FROM_ZERO -> Math.ceilDiv(seconds, (long) increment) * increment;
        };
    }

    /** Seconds billed for a talk time under the terms of a call. */
    public static long billedSeconds(long talkedMillis, RateTerms terms) {
        return billedSeconds(
                wholeSeconds(talkedMillis, terms.getDurationRounding()),
                terms.getInitialSeconds(),
                terms.getIncrementSeconds(),
                terms.getIncrementAnchor());
    }

    /** The exact price of an answered call: the billed seconds at the rate a minute, and the connect fee once. */
    public static ExactAmount price(long billedSeconds, RateTerms terms) {
        BigInteger perSecond = micros(terms.getRatePerMinute());
        BigInteger fee = micros(terms.getConnectFee()).multiply(BigInteger.valueOf(60));
        return new ExactAmount(
                BigInteger.valueOf(billedSeconds).multiply(perSecond).add(fee),
                Currency.getInstance(terms.getCurrency()));
    }

    /**
     * The price of one call as it is posted: rounded as the terms say when they round each call, else to the six
     * decimals that a posting holds.
     */
    public static BigDecimal posted(ExactAmount exact, RateTerms terms) {
        int scale = terms.getRoundingLevel() == RoundingLevel.PER_CALL ? terms.getRoundingScale() : POSTING_SCALE;
        return exact.rounded(scale, mode(terms.getRoundingRule())).setScale(POSTING_SCALE);
    }

    /** Decimal places of every amount on a topic. */
    public static final int POSTING_SCALE = 6;

    /** The rounding direction a contract names. */
    public static RoundingMode mode(RoundingRule rule) {
        return switch (rule) {
            case HALF_UP -> RoundingMode.HALF_UP;
            case HALF_EVEN -> RoundingMode.HALF_EVEN;
            case UP -> RoundingMode.UP;
            case DOWN -> RoundingMode.DOWN;
        };
    }

    private static BigInteger micros(BigDecimal rate) {
        return rate.movePointRight(6).toBigIntegerExact();
    }
}
