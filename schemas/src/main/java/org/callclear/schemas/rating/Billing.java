package org.callclear.schemas.rating;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Currency;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.callclear.schemas.money.ExactAmount;

/** Seconds billed and what they cost. Every price in the product comes from here. */
public final class Billing {
    static final long MILLIS = 1000;

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
            case CEILING -> Math.ceilDiv(talkedMillis, MILLIS);
            case HALF_UP -> talkedMillis / MILLIS + (talkedMillis % MILLIS >= MILLIS / 2 ? 1 : 0);
            case FLOOR -> talkedMillis / MILLIS;
        };
    }

    /**
     * Seconds that cost something: all of them, or what the free seconds leave.
     *
     * @param seconds talked, not negative
     * @param free seconds, not negative
     */
    public static long chargeableSeconds(long seconds, int free, FreeSecondsRule rule) {
        return switch (rule) {
            case SUBTRACT -> Math.max(0, seconds - free);
            case THRESHOLD -> seconds <= free ? 0 : seconds;
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
        long seconds = wholeSeconds(talkedMillis, terms.getDurationRounding());
        return inBlocks(chargeableSeconds(seconds, terms.getFreeSeconds(), terms.getFreeSecondsRule()), terms);
    }

    /** Chargeable seconds, filled up to whole blocks of the terms. */
    static long inBlocks(long seconds, RateTerms terms) {
        return billedSeconds(
                seconds, terms.getInitialSeconds(), terms.getIncrementSeconds(), terms.getIncrementAnchor());
    }

    /**
     * The price of an answered call: its billed seconds at the rate in force when each block of them begins, the connect
     * fee, and the minimum charge at least.
     *
     * @param talkedMillis ended minus answered, not negative
     * @param ratedAt the answer; only rate changes during the call depend on it
     */
    public static Price price(long talkedMillis, Instant ratedAt, RateTerms terms) {
        long billed = billedSeconds(talkedMillis, terms);
        UnitSum sum = new UnitSum();
        addSeconds(sum, billed, ratedAt, terms);
        sum.addFee(terms.getConnectFee());
        return new Price(billed, exact(sum.total().max(minimum(terms)), terms));
    }

    private static void addSeconds(UnitSum sum, long billed, Instant ratedAt, RateTerms terms) {
        if (terms.getRateChanges().isEmpty()) {
            sum.addSeconds(billed, terms.getRatePerMinute());
        } else {
            RateSegment.of(billed, ratedAt, terms)
                    .forEach(segment -> sum.addSeconds(segment.seconds(), segment.ratePerMinute()));
        }
    }

    private static BigInteger minimum(RateTerms terms) {
        return terms.getMinimumCharge().signum() == 0 ? BigInteger.ZERO : fee(terms.getMinimumCharge());
    }

    /** What an attempt costs that was not answered; 0 where the contract has no fee for it. */
    public static ExactAmount attempt(RateTerms terms) {
        return exact(fee(terms.getAttemptFee()), terms);
    }

    private static BigInteger fee(BigDecimal amount) {
        UnitSum sum = new UnitSum();
        sum.addFee(amount);
        return sum.total();
    }

    private static ExactAmount exact(BigInteger units, RateTerms terms) {
        return new ExactAmount(units, Currency.getInstance(terms.getCurrency()));
    }

    /**
     * Billed seconds at the rate a minute, and the connect fee once; it knows no minimum charge and no rate changes.
     * {@link #price(long, Instant, RateTerms)} does.
     */
    public static ExactAmount price(long billedSeconds, RateTerms terms) {
        UnitSum sum = new UnitSum();
        sum.addSeconds(billedSeconds, terms.getRatePerMinute());
        sum.addFee(terms.getConnectFee());
        return exact(sum.total(), terms);
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
}
