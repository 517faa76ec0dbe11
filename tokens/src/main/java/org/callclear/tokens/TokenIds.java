package org.callclear.tokens;

import org.callclear.schemas.call.TransactionId;

/**
 * A set of transaction ids that takes little memory: 16 bytes for each in one array of which at most three quarters are
 * taken and, once it has grown, at least three eighths: 21 to 43 bytes an id. Not thread-safe.
 */
final class TokenIds {
    private static final int SMALLEST = 64;

    private long[] halves = new long[2 * SMALLEST];
    private int taken;
    private boolean zero;

    /** Adds an id; false when it was there. */
    boolean add(TransactionId id) {
        return add(high(id), low(id));
    }

    boolean contains(TransactionId id) {
        long high = high(id);
        long low = low(id);
        return (high | low) == 0 ? zero : isAt(high, low);
    }

    int size() {
        return taken + (zero ? 1 : 0);
    }

    private boolean add(long high, long low) {
        if ((high | low) == 0) {
            boolean fresh = !zero;
            zero = true;
            return fresh;
        }
        int at = place(halves, high, low);
        if ((halves[at] | halves[at + 1]) != 0) {
            return false;
        }
        put(halves, at, high, low);
        taken++;
        if (taken > halves.length / 2 * 3 / 4) {
            grow();
        }
        return true;
    }

    private boolean isAt(long high, long low) {
        int at = place(halves, high, low);
        return (halves[at] | halves[at + 1]) != 0;
    }

    private void grow() {
        long[] larger = new long[2 * halves.length];
        for (int i = 0; i < halves.length; i += 2) {
            if ((halves[i] | halves[i + 1]) != 0) {
                put(larger, place(larger, halves[i], halves[i + 1]), halves[i], halves[i + 1]);
            }
        }
        halves = larger;
    }

    /** Where the id stands or, if it does not, where it would: its own place or the next free one. */
    private static int place(long[] halves, long high, long low) {
        int mask = halves.length / 2 - 1;
        long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed >>> 32) & mask;
        while (true) {
            int at = 2 * slot;
            boolean free = (halves[at] | halves[at + 1]) == 0;
            if (free || (halves[at] == high && halves[at + 1] == low)) {
                return at;
            }
            slot = (slot + 1) & mask;
        }
    }

    private static void put(long[] halves, int at, long high, long low) {
        halves[at] = high;
        halves[at + 1] = low;
    }

    private static long high(TransactionId id) {
        return Long.parseUnsignedLong(id.hex(), 0, 16, 16);
    }

    private static long low(TransactionId id) {
        return Long.parseUnsignedLong(id.hex(), 16, 32, 16);
    }
}
