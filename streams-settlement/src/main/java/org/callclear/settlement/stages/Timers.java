package org.callclear.settlement.stages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which calls wait until when. For one thread. */
final class Timers {
    private static final long SECOND = 1000;

    /** The first timer of each second in which some end, as log time goes in whole seconds. */
    private final Map<Long, Timer> bySecond = new HashMap<>();
    /** The seconds that there are: looked at much less often than what is in one of them. */
    private final TreeSet<Long> seconds = new TreeSet<>();
    /** The first of them: whether it is over is asked with each record. */
    private long first = Long.MAX_VALUE;

    /** A call that waits, and its neighbours that wait until the same second. */
    static final class Timer {
        private final String callId;
        private final long until;
        private @Nullable Timer before;
        private @Nullable Timer after;

        private Timer(String callId, long until) {
            this.callId = callId;
            this.until = until;
        }

        private String callId() {
            return callId;
        }

        private long until() {
            return until;
        }
    }

    /** What it gives is to be cleared once the call waits no more, or until another time. */
    Timer set(String callId, long until) {
        Timer timer = new Timer(callId, until);
        Long second = second(until);
        Timer next = bySecond.put(second, timer);
        if (next == null) {
            seconds.add(second);
            first = Math.min(first, second);
        } else {
            timer.after = next;
            next.before = timer;
        }
        return timer;
    }

    /** Once only. */
    void clear(Timer timer) {
        Timer before = timer.before;
        Timer after = timer.after;
        if (after != null) {
            after.before = before;
        }
        if (before != null) {
            before.after = after;
        } else if (after != null) {
            bySecond.put(second(timer.until), after);
        } else {
            Long second = second(timer.until);
            bySecond.remove(second);
            seconds.remove(second);
            first = seconds.isEmpty() ? Long.MAX_VALUE : seconds.first();
        }
        timer.before = null;
        timer.after = null;
    }

    /**
     * The calls that have waited long enough, by time and then by name: the same ones in the same order after any restart.
     *
     * @param logMillis in whole seconds
     */
    List<String> due(long logMillis) {
        long now = Math.floorDiv(logMillis, SECOND);
        if (first > now) {
            return List.of();
        }
        List<Timer> due = new ArrayList<>();
        for (Long second : seconds.headSet(now, true)) {
            for (Timer timer = bySecond.get(second); timer != null; timer = timer.after) {
                due.add(timer);
            }
        }
        due.sort(Comparator.comparingLong(Timer::until).thenComparing(Timer::callId));
        return due.stream().map(Timer::callId).toList();
    }

    /** The first whole second at which that time is over. */
    private static long second(long until) {
        return Math.ceilDiv(until, SECOND);
    }
}
