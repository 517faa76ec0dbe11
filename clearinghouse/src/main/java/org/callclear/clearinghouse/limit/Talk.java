package org.callclear.clearinghouse.limit;

import java.math.BigInteger;
import java.util.Comparator;

/**
 * What one attempt of a call cost, as a side reported it. Times are epoch ms and within the call's own time.
 *
 * @param leg the attempt that was answered; 0 for the fee of a call that was not
 * @param from where its cost begins
 * @param to where it ends, not before
 * @param units what it cost in all
 */
record Talk(int leg, long from, long to, BigInteger units) {
    /** The dearest last, of equally dear ones the one that ended last, then the one that began last. */
    static final Comparator<Talk> BY_COST = Comparator.comparing(Talk::units)
            .thenComparingLong(Talk::to)
            .thenComparingLong(Talk::from)
            .thenComparingInt(Talk::leg);
}
