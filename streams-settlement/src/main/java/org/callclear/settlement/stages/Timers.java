package org.callclear.settlement.stages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** Which calls wait until when. */
final class Timers {
    private static final long SECOND = 1000;

    /** By the second in which they end, as log time goes in whole seconds. */
    private final Map<Long, Map<String, Long>> bySecond = new HashMap<>();
    /** The seconds that there are: looked at much less often than what is in one of them. */
    private final TreeSet<Long> seconds = new TreeSet<>();

    private record Timer(String callId, long until) {}

    void set(String callId, long until) {
        bySecond.computeIfAbsent(second(until), this::begun).put(callId, until);
    }

    void clear(String callId, long until) {
        Map<String, Long> at = bySecond.get(second(until));
        if (at != null && at.remove(callId) != null && at.isEmpty()) {
            bySecond.remove(second(until));
            seconds.remove(second(until));
        }
    }

    private Map<String, Long> begun(Long second) {
        seconds.add(second);
        return new HashMap<>();
    }

    /**
     * The calls that have waited long enough, by time and then by name: the same ones in the same order after any restart.
     *
     * @param logMillis in whole seconds
     */
    List<String> due(long logMillis) {
        if (seconds.isEmpty() || seconds.first() * SECOND > logMillis) {
            return List.of();
        }
        List<Timer> due = new ArrayList<>();
        for (Long second : seconds.headSet(Math.floorDiv(logMillis, SECOND), true)) {
            Objects.requireNonNull(bySecond.get(second)).forEach((callId, until) -> due.add(new Timer(callId, until)));
        }
        due.sort(java.util.Comparator.comparingLong(Timer::until).thenComparing(Timer::callId));
        return due.stream().map(Timer::callId).toList();
    }

    /** The first whole second at which that time is over. */
    private static long second(long until) {
        return Math.ceilDiv(until, SECOND);
    }
}
