package org.callclear.clearinghouse.limit;

import java.util.Arrays;

/**
 * Whether so many calls began within the last second. It keeps the instants of the latest ones, so the second slides: of any
 * second, whenever it begins, at most so many calls are let in. No border to wait for.
 */
final class RateWindow {
    static final long LENGTH_MILLIS = 1000;
    private static final int FIRST_ROOM = 16;

    private final int most;
    /** A ring, ascending from {@code first}. */
    private long[] times;

    private int first;
    private int size;

    /** @param most calls in any second */
    RateWindow(int most) {
        this.most = most;
        this.times = new long[Math.min(most, FIRST_ROOM)];
    }

    /** Whether one more at the instant, epoch ms, would be too many. */
    boolean isFull(long now) {
        return size == most && (most == 0 || times[first] > now - LENGTH_MILLIS);
    }

    /** A call began. Others may have begun later and be there already. */
    void add(long at) {
        if (size == most) {
            if (most == 0 || at <= times[first]) {
                return;
            }
            first = (first + 1) % times.length;
            size--;
        } else if (size == times.length) {
            grow();
        }
        int place = size;
        while (place > 0 && at(place - 1) > at) {
            times[(first + place) % times.length] = at(place - 1);
            place--;
        }
        times[(first + place) % times.length] = at;
        size++;
    }

    private long at(int index) {
        return times[(first + index) % times.length];
    }

    private void grow() {
        long[] more = new long[(int) Math.min(most, 2L * times.length)];
        int head = times.length - first;
        System.arraycopy(times, first, more, 0, head);
        System.arraycopy(times, 0, more, head, first);
        first = 0;
        times = more;
    }

    /** A call that was added is taken back. */
    void remove(long at) {
        long[] left = new long[times.length];
        int kept = 0;
        boolean gone = false;
        for (int i = 0; i < size; i++) {
            if (!gone && at(i) == at) {
                gone = true;
            } else {
                left[kept++] = at(i);
            }
        }
        times = Arrays.copyOf(left, times.length);
        first = 0;
        size = kept;
    }
}
