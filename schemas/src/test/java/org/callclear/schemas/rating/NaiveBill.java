package org.callclear.schemas.rating;

import java.math.BigDecimal;
import java.time.Instant;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;

/**
 * What docs/settlement.md, "Price of a talk time", says, done the slow way: block after block, in fractions. Written from
 * that page, not from the code it judges.
 */
record NaiveBill(long billedSeconds, Fraction price) {
    static NaiveBill of(long talkedMillis, Instant answered, RateTerms terms) {
        long left = chargeable(seconds(talkedMillis, terms), terms);
        long at = 0;
        Fraction sum = Fraction.ZERO;
        while (at < left) {
            long end = at == 0 ? terms.getInitialSeconds() : nextEnd(at, terms);
            Fraction aSecond =
                    Fraction.of(rateAt(answered.plusSeconds(at), terms)).times(Fraction.of(1, 60));
            sum = sum.plus(aSecond.times(Fraction.of(end - at, 1)));
            at = end;
        }
        sum = sum.plus(Fraction.of(terms.getConnectFee()));
        Fraction least = Fraction.of(terms.getMinimumCharge());
        return new NaiveBill(at, sum.isLessThan(least) ? least : sum);
    }

    private static long seconds(long millis, RateTerms terms) {
        long whole = millis / 1000;
        long rest = millis % 1000;
        boolean up = switch (terms.getDurationRounding()) {
            case CEILING -> rest > 0;
            case HALF_UP -> rest >= 500;
            case FLOOR -> false;
        };
        return up ? whole + 1 : whole;
    }

    private static long chargeable(long seconds, RateTerms terms) {
        return switch (terms.getFreeSecondsRule()) {
            case SUBTRACT -> seconds > terms.getFreeSeconds() ? seconds - terms.getFreeSeconds() : 0;
            case THRESHOLD -> seconds > terms.getFreeSeconds() ? seconds : 0;
        };
    }

    /** The end of the increment that begins at a second: after a whole one, or at the next multiple of it. */
    private static long nextEnd(long at, RateTerms terms) {
        if (terms.getIncrementAnchor() == IncrementAnchor.AFTER_INITIAL) {
            return at + terms.getIncrementSeconds();
        }
        long end = at + 1;
        while (end % terms.getIncrementSeconds() != 0) {
            end++;
        }
        return end;
    }

    private static BigDecimal rateAt(Instant second, RateTerms terms) {
        BigDecimal rate = terms.getRatePerMinute();
        for (RateChange change : terms.getRateChanges()) {
            if (!second.isBefore(change.getAt())) {
                rate = change.getRatePerMinute();
            }
        }
        return rate;
    }
}
