package org.callclear.schemas.rating;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Adds up whole units, such as sixty-millionths of the currency unit, in a long while they fit and beyond it when they do
 * not. Exact either way. For one thread.
 */
public final class UnitSum {
    /** Decimals of a rate or a fee. */
    private static final int DECIMALS = 6;

    private static final int SECONDS_A_MINUTE = 60;

    private long fitting;
    private BigInteger spilt = BigInteger.ZERO;

    /** Of nothing. */
    public UnitSum() {}

    /** So many units. */
    public void add(BigInteger units) {
        if (units.bitLength() < Long.SIZE) {
            add(1, units.longValue());
        } else {
            spilt = spilt.add(units);
        }
    }

    /** So many seconds at a rate a minute: a sixtieth of its millionths each. */
    void addSeconds(long seconds, BigDecimal ratePerMinute) {
        add(seconds, micros(ratePerMinute));
    }

    /** An amount that does not depend on time. */
    void addFee(BigDecimal fee) {
        add(SECONDS_A_MINUTE, micros(fee));
    }

    /** What they come to. */
    public BigInteger total() {
        return spilt.signum() == 0 ? BigInteger.valueOf(fitting) : spilt.add(BigInteger.valueOf(fitting));
    }

    private void add(long count, long micros) {
        long product = count * micros;
        long sum = fitting + product;
        boolean productFits = Math.multiplyHigh(count, micros) == product >> (Long.SIZE - 1);
        boolean sumFits = ((fitting ^ sum) & (product ^ sum)) >= 0;
        if (productFits && sumFits) {
            fitting = sum;
        } else {
            spilt = spilt.add(BigInteger.valueOf(count).multiply(BigInteger.valueOf(micros)));
        }
    }

    /** @throws ArithmeticException for more decimals or digits than decimal(18,6) has */
    private static long micros(BigDecimal amount) {
        return amount.movePointRight(DECIMALS).longValueExact();
    }
}
