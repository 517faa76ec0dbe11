package org.callclear.systemtests.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;

/** An exact number: numerator over a positive denominator, in lowest terms. The only arithmetic of the oracle. */
record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {
    static final Fraction ZERO = of(0);

    Fraction {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("a fraction with denominator 0");
        }
        BigInteger divisor = numerator.gcd(denominator).multiply(BigInteger.valueOf(denominator.signum()));
        numerator = numerator.divide(divisor);
        denominator = denominator.divide(divisor);
    }

    static Fraction of(long whole) {
        return of(whole, 1);
    }

    static Fraction of(long numerator, long denominator) {
        return new Fraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    static Fraction of(BigDecimal decimal) {
        return decimal.scale() >= 0
                ? new Fraction(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()))
                : new Fraction(decimal.unscaledValue().multiply(BigInteger.TEN.pow(-decimal.scale())), BigInteger.ONE);
    }

    static Fraction of(String decimal) {
        return of(new BigDecimal(decimal));
    }

    Fraction plus(Fraction other) {
        return new Fraction(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    Fraction minus(Fraction other) {
        return plus(other.negated());
    }

    Fraction times(Fraction other) {
        return new Fraction(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    Fraction times(long factor) {
        return times(of(factor));
    }

    Fraction negated() {
        return new Fraction(numerator.negate(), denominator);
    }

    boolean isZero() {
        return numerator.signum() == 0;
    }

    Fraction max(Fraction other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The nearest multiple of 10 to the minus {@code scale} that the rule allows: HALF_UP, HALF_EVEN, UP or DOWN. */
    Fraction rounded(int scale, String rule) {
        BigInteger power = BigInteger.TEN.pow(scale);
        BigInteger[] parts = numerator.abs().multiply(power).divideAndRemainder(denominator);
        int half = parts[1].shiftLeft(1).compareTo(denominator);
        boolean away = switch (rule) {
            case "UP" -> parts[1].signum() != 0;
            case "DOWN" -> false;
            case "HALF_UP" -> half >= 0;
            case "HALF_EVEN" -> half > 0 || (half == 0 && parts[0].testBit(0));
            default -> throw new IllegalArgumentException("no rule " + rule);
        };
        BigInteger steps = away ? parts[0].add(BigInteger.ONE) : parts[0];
        return new Fraction(numerator.signum() < 0 ? steps.negate() : steps, power);
    }

    /** With exactly so many decimals; it must have no more. */
    String fixed(int decimals) {
        BigInteger[] parts =
                numerator.abs().multiply(BigInteger.TEN.pow(decimals)).divideAndRemainder(denominator);
        if (parts[1].signum() != 0) {
            throw new ArithmeticException(numerator + "/" + denominator + " has more than " + decimals + " decimals");
        }
        String digits = parts[0].toString();
        digits = "0".repeat(Math.max(0, decimals + 1 - digits.length())) + digits;
        int point = digits.length() - decimals;
        String text = decimals == 0 ? digits : digits.substring(0, point) + "." + digits.substring(point);
        return numerator.signum() < 0 ? "-" + text : text;
    }

    /** The shortest finite decimal, or {@code n/d} when there is none. */
    String exactText() {
        for (int decimals = 0; decimals <= 60; decimals++) {
            if (BigInteger.TEN.pow(decimals).mod(denominator).signum() == 0) {
                return fixed(decimals);
            }
        }
        return numerator + "/" + denominator;
    }

    /** Twelve decimals, half to even, without the zeros at the end beyond the sixth decimal. */
    String differenceText() {
        String text = rounded(12, "HALF_EVEN").fixed(12);
        int end = text.length();
        while (end > text.length() - 6 && text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, end);
    }

    @Override
    public int compareTo(Fraction other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
