package org.callclear.settlement.stages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which calls wait until when. */
final class Timers {
    private static final long SECOND = 1000;

    /** By the second in which they end, as log time goes in whole seconds. */
    private final TreeMap<Long, Map<String, Long>> bySecond = new TreeMap<>();

    private record Timer(String callId, long until) {}

    void set(String callId, long until) {
        bySecond.computeIfAbsent(second(until), second -> new HashMap<>()).put(callId, until);
    }

    void clear(String callId, long until) {
        Map<String, Long> at = bySecond.get(second(until));
        if (at != null && at.remove(callId) != null && at.isEmpty()) {
            bySecond.remove(second(until));
        }
    }

    /**
     * The calls that have waited long enough, by time and then by name: the same ones in the same order after any restart.
     *
     * @param logMillis in whole seconds
     */
    List<String> due(long logMillis) {
        if (bySecond.isEmpty() || bySecond.firstKey() * SECOND > logMillis) {
            return List.of();
        }
        List<Timer> due = new ArrayList<>();
        for (Map<String, Long> at :
                bySecond.headMap(Math.floorDiv(logMillis, SECOND), true).values()) {
            at.forEach((callId, until) -> due.add(new Timer(callId, until)));
        }
        due.sort(java.util.Comparator.comparingLong(Timer::until).thenComparing(Timer::callId));
        return due.stream().map(Timer::callId).toList();
    }

    /** The first whole second at which that time is over. */
    private static long second(long until) {
        return Math.ceilDiv(until, SECOND);
    }
}
