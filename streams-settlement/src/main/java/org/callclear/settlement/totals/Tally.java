package org.callclear.settlement.totals;

import java.math.BigInteger;

/**
 * {@link Sums} that grow in place: amounts in a long while they fit and beyond it when they do not, exact either way. All of it is one object, as there
 * are many and each is far from the processor when it is its turn. For one thread.
 */
public final class Tally {
    private long calls;
    private long seconds;
    private long billedSeconds;
    private long exact;
    private long posted;
    private BigInteger exactSpilt = BigInteger.ZERO;
    private BigInteger postedSpilt = BigInteger.ZERO;

    /** Of no calls. */
    public Tally() {}

    /** What stands already. */
    public static Tally of(Sums sums) {
        Tally tally = new Tally();
        tally.add(sums);
        return tally;
    }

    /** Adds to it. */
    public void add(Sums more) {
        calls = Math.addExact(calls, more.calls());
        seconds = Math.addExact(seconds, more.seconds());
        billedSeconds = Math.addExact(billedSeconds, more.billedSeconds());
        addAmounts(more);
    }

    /** Adds what they come to, but neither calls nor seconds. */
    void addAmounts(Sums more) {
        addExact(more.exact());
        addPosted(more.posted());
    }

    private void addExact(BigInteger units) {
        if (fits(exact, units)) {
            exact += units.longValue();
        } else {
            exactSpilt = exactSpilt.add(units);
        }
    }

    private void addPosted(BigInteger units) {
        if (fits(posted, units)) {
            posted += units.longValue();
        } else {
            postedSpilt = postedSpilt.add(units);
        }
    }

    /** Whether both together are no more than a long holds. */
    private static boolean fits(long known, BigInteger more) {
        if (more.bitLength() >= Long.SIZE) {
            return false;
        }
        long units = more.longValue();
        long sum = known + units;
        return ((known ^ sum) & (units ^ sum)) >= 0;
    }

    /** What it comes to now. */
    public Sums sums() {
        return new Sums(calls, seconds, billedSeconds, total(exact, exactSpilt), total(posted, postedSpilt));
    }

    private static BigInteger total(long fitting, BigInteger spilt) {
        return spilt.signum() == 0 ? BigInteger.valueOf(fitting) : spilt.add(BigInteger.valueOf(fitting));
    }
}
