package org.callclear.settlement.totals;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.callclear.schemas.rating.Billing;
import org.callclear.settlement.price.Cost;

/**
 * What calls come to, added up. Immutable.
 *
 * @param calls less those taken back
 * @param seconds talked, each call in whole seconds
 * @param billedSeconds charged
 * @param exact in 1/60,000,000 of the currency unit
 * @param posted millionths of the currency unit, as they went to the books
 */
public record Sums(long calls, long seconds, long billedSeconds, BigInteger exact, BigInteger posted) {
    /** Of no calls. */
    public static final Sums ZERO = new Sums(0, 0, 0, BigInteger.ZERO, BigInteger.ZERO);

    /** Of one call. */
    public static Sums of(Cost cost) {
        return new Sums(
                1,
                cost.seconds(),
                cost.billedSeconds(),
                cost.exact().units(),
                cost.posted().setScale(Billing.POSTING_SCALE).unscaledValue());
    }

    /** Both together. */
    public Sums plus(Sums other) {
        return new Sums(
                Math.addExact(calls, other.calls),
                Math.addExact(seconds, other.seconds),
                Math.addExact(billedSeconds, other.billedSeconds),
                exact.add(other.exact),
                posted.add(other.posted));
    }

    /** The same taken back. */
    public Sums negated() {
        return new Sums(-calls, -seconds, -billedSeconds, exact.negate(), posted.negate());
    }

    /** Whether nothing is left. */
    public boolean isZero() {
        return calls == 0 && seconds == 0 && billedSeconds == 0 && exact.signum() == 0 && posted.signum() == 0;
    }

    /** What went to the books, in units of the currency. */
    public BigDecimal postedAmount() {
        return new BigDecimal(posted, Billing.POSTING_SCALE);
    }
}
