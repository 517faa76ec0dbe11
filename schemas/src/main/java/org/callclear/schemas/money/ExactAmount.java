package org.callclear.schemas.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount that has not been rounded: a whole number of 1/(60 * 10^6) of the currency unit. A rate has at most six
 * decimals a minute, so the price of any number of seconds is such a whole number, and sums are exact in any order.
 *
 * @param units the count of sixty-millionths; may be negative
 * @param currency ISO 4217
 */
public record ExactAmount(BigInteger units, Currency currency) {
    /** Exact units in one unit of the currency. */
    public static final BigInteger UNITS_PER_ONE = BigInteger.valueOf(60_000_000);

    /** Nothing, in a currency. */
    public static ExactAmount zero(Currency currency) {
        return new ExactAmount(BigInteger.ZERO, currency);
    }

    /**
     * An amount that can be written in exact units.
     *
     * @throws ArithmeticException when it is not a whole number of sixty-millionths
     */
    public static ExactAmount of(BigDecimal amount, Currency currency) {
        return new ExactAmount(amount.multiply(new BigDecimal(UNITS_PER_ONE)).toBigIntegerExact(), currency);
    }

    /** @throws CurrencyMismatchException when the currencies differ */
    public ExactAmount plus(ExactAmount other) {
        CurrencyMismatchException.check(currency, other.currency);
        return new ExactAmount(units.add(other.units), currency);
    }

    /** @throws CurrencyMismatchException when the currencies differ */
    public ExactAmount minus(ExactAmount other) {
        return plus(other.negated());
    }

    /** The same amount owed the other way. */
    public ExactAmount negated() {
        return new ExactAmount(units.negate(), currency);
    }

    /** The one place that rounds: to so many decimals of the unit, in the given direction. */
    public BigDecimal rounded(int scale, RoundingMode mode) {
        return new BigDecimal(units).divide(new BigDecimal(UNITS_PER_ONE), scale, mode);
    }

    /** The amount as a decimal where it has a finite one, else as a fraction in lowest terms, such as {@code 1/3}. */
    public String toExactString() {
        BigInteger common = units.gcd(UNITS_PER_ONE);
        BigInteger denominator = UNITS_PER_ONE.divide(common);
        if (denominator.mod(BigInteger.valueOf(3)).signum() == 0) {
            return units.divide(common) + "/" + denominator;
        }
        BigDecimal exact =
                new BigDecimal(units).divide(new BigDecimal(UNITS_PER_ONE)).stripTrailingZeros();
        return exact.toPlainString();
    }

    @Override
    public String toString() {
        return toExactString() + " " + currency.getCurrencyCode();
    }
}
