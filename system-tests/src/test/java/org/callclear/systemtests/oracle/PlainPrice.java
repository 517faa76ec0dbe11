package org.callclear.systemtests.oracle;

import java.time.Instant;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;

/**
 * What a talk time costs, by the section "Price of a talk time" of docs/settlement.md, second by second.
 *
 * @param seconds whole seconds, before free seconds are taken off
 * @param billed seconds charged
 * @param exact before rounding
 * @param posted as it is posted for the call
 */
record PlainPrice(long seconds, long billed, Fraction exact, Fraction posted) {
    static final PlainPrice NOTHING = new PlainPrice(0, 0, Fraction.ZERO, Fraction.ZERO);

    static PlainPrice ofTalk(RateTerms terms, Instant answer, long millis) {
        long seconds = wholeSeconds(terms, millis);
        long billed = billed(terms, afterFree(terms, seconds));
        Fraction exact = talk(terms, answer, billed)
                .plus(Fraction.of(terms.getConnectFee()))
                .max(Fraction.of(terms.getMinimumCharge()));
        return new PlainPrice(seconds, billed, exact, posted(terms, exact));
    }

    static PlainPrice ofAttempt(RateTerms terms) {
        Fraction fee = Fraction.of(terms.getAttemptFee());
        return new PlainPrice(0, 0, fee, posted(terms, fee));
    }

    PlainPrice minus(PlainPrice other) {
        return new PlainPrice(
                seconds - other.seconds, billed - other.billed, exact.minus(other.exact), posted.minus(other.posted));
    }

    private static Fraction posted(RateTerms terms, Fraction exact) {
        int scale = isPerCall(terms) ? terms.getRoundingScale() : 6;
        return exact.rounded(scale, terms.getRoundingRule().name());
    }

    static boolean isPerCall(RateTerms terms) {
        return terms.getRoundingLevel().name().equals("PER_CALL");
    }

    static long wholeSeconds(RateTerms terms, long millis) {
        long below = millis / 1000;
        long rest = millis % 1000;
        return switch (terms.getDurationRounding()) {
            case CEILING -> rest > 0 ? below + 1 : below;
            case HALF_UP -> rest >= 500 ? below + 1 : below;
            case FLOOR -> below;
        };
    }

    private static long afterFree(RateTerms terms, long seconds) {
        long free = terms.getFreeSeconds();
        return switch (terms.getFreeSecondsRule()) {
            case SUBTRACT -> Math.max(0, seconds - free);
            case THRESHOLD -> seconds <= free ? 0 : seconds;
        };
    }

    static long billed(RateTerms terms, long seconds) {
        long initial = terms.getInitialSeconds();
        long step = terms.getIncrementSeconds();
        if (seconds == 0) {
            return 0;
        }
        if (seconds <= initial) {
            return initial;
        }
        return switch (terms.getIncrementAnchor()) {
            case AFTER_INITIAL -> initial + stepsUp(seconds - initial, step) * step;
            case FROM_ZERO -> stepsUp(seconds, step) * step;
        };
    }

    private static long stepsUp(long seconds, long step) {
        long steps = 0;
        while (steps * step < seconds) {
            steps++;
        }
        return steps;
    }

    private static Fraction talk(RateTerms terms, Instant answer, long billed) {
        if (terms.getRateChanges().isEmpty()) {
            return perMinute(Fraction.of(terms.getRatePerMinute()), billed);
        }
        Fraction sum = Fraction.ZERO;
        for (long begin = 0; begin < billed; begin = blockEnd(terms, begin)) {
            long length = Math.min(blockEnd(terms, begin), billed) - begin;
            sum = sum.plus(perMinute(rateAt(terms, answer.plusSeconds(begin)), length));
        }
        return sum;
    }

    /** Where the block ends that begins there. */
    private static long blockEnd(RateTerms terms, long begin) {
        long initial = terms.getInitialSeconds();
        long step = terms.getIncrementSeconds();
        if (begin < initial) {
            return initial;
        }
        return switch (terms.getIncrementAnchor()) {
            case AFTER_INITIAL -> begin + step;
            case FROM_ZERO -> begin - begin % step + step;
        };
    }

    private static Fraction rateAt(RateTerms terms, Instant instant) {
        Fraction rate = Fraction.of(terms.getRatePerMinute());
        for (RateChange change : terms.getRateChanges()) {
            if (!change.getAt().isAfter(instant)) {
                rate = Fraction.of(change.getRatePerMinute());
            }
        }
        return rate;
    }

    private static Fraction perMinute(Fraction rate, long seconds) {
        return rate.times(Fraction.of(seconds, 60));
    }
}
