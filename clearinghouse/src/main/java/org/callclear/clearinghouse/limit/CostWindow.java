package org.callclear.clearinghouse.limit;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * What calls cost within the last hour, in slots of a minute of the clock: the minute that is running and the sixty before
 * it. So an amount counts for sixty minutes at least and sixty-one at most. Calls that are up are charged for each new minute
 * when it begins. In exact units (see {@link org.callclear.schemas.money.ExactAmount}).
 */
final class CostWindow {
    /** Whole minutes before the one that is running. */
    static final int HOUR = 60;

    private static final int SLOTS = HOUR + 1;

    private final BigInteger[] slots = new BigInteger[SLOTS];
    private BigInteger total = BigInteger.ZERO;
    private BigInteger running = BigInteger.ZERO;
    private long newest;

    /** @param minute the minute that is running, since the epoch */
    CostWindow(long minute) {
        Arrays.fill(slots, BigInteger.ZERO);
        newest = minute;
    }

    /** The clock has come to a minute. One that goes back changes nothing. */
    void advance(long minute) {
        newest = Math.max(newest, minute - SLOTS);
        while (newest < minute) {
            newest++;
            BigInteger gone = slots[slot(newest)];
            slots[slot(newest)] = running;
            total = total.subtract(gone).add(running);
        }
    }

    /** What counts now. */
    BigInteger total() {
        return total;
    }

    /** The oldest minute that counts. */
    long oldest() {
        return newest - HOUR;
    }

    /** The minute that is running. */
    long newest() {
        return newest;
    }

    /** An amount of a minute, negative to take it back; of no account once the minute has gone by. */
    void add(long minute, BigInteger units) {
        if (minute >= oldest() && minute <= newest) {
            slots[slot(minute)] = slots[slot(minute)].add(units);
            total = total.add(units);
        }
    }

    /** The same amount for each of some minutes. */
    void add(long from, long to, BigInteger units) {
        for (long minute = Math.max(from, oldest()); minute <= Math.min(to, newest); minute++) {
            add(minute, units);
        }
    }

    /** From the next minute on each costs so much more. */
    void run(BigInteger unitsPerMinute) {
        running = running.add(unitsPerMinute);
    }

    private static int slot(long minute) {
        return (int) Math.floorMod(minute, (long) SLOTS);
    }
}
