package org.callclear.schemas.rating;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A rational number in lowest terms, for the tests alone: it shares nothing with the product's exact units. */
record Fraction(BigInteger over, BigInteger under) {
    static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);

    Fraction {
        BigInteger common = over.gcd(under).max(BigInteger.ONE);
        over = over.divide(common);
        under = under.divide(common);
    }

    static Fraction of(BigDecimal value) {
        return new Fraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    static Fraction of(long over, long under) {
        return new Fraction(BigInteger.valueOf(over), BigInteger.valueOf(under));
    }

    Fraction plus(Fraction other) {
        return new Fraction(over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
    }

    Fraction times(Fraction other) {
        return new Fraction(over.multiply(other.over), under.multiply(other.under));
    }

    boolean isLessThan(Fraction other) {
        return over.multiply(other.under).compareTo(other.over.multiply(under)) < 0;
    }
}
