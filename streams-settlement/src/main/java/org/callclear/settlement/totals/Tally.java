package org.callclear.settlement.totals;

import java.math.BigInteger;

/**
 * {@link Sums} that grow: amounts are kept as plain numbers while they fit, and beyond that as numbers of any length. For one
 * thread.
 */
public final class Tally {
    private static final int BITS_THAT_FIT = Long.SIZE - 1;

    private long calls;
    private long seconds;
    private long billedSeconds;
    private final Amount exact = new Amount();
    private final Amount posted = new Amount();

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
        exact.add(more.exact());
        posted.add(more.posted());
    }

    /** What it comes to now. */
    public Sums sums() {
        return new Sums(calls, seconds, billedSeconds, exact.total(), posted.total());
    }

    /** A number that is the sum of both parts. */
    private static final class Amount {
        private long fitting;
        private BigInteger spilt = BigInteger.ZERO;

        void add(BigInteger more) {
            if (more.bitLength() <= BITS_THAT_FIT) {
                long other = more.longValue();
                long sum = fitting + other;
                if (((fitting ^ sum) & (other ^ sum)) >= 0) {
                    fitting = sum;
                    return;
                }
            }
            spilt = spilt.add(more);
        }

        BigInteger total() {
            return spilt.add(BigInteger.valueOf(fitting));
        }
    }
}
