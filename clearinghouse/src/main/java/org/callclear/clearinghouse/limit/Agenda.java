package org.callclear.clearinghouse.limit;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** When which call has to be looked at again, to the minute. */
final class Agenda {
    private final TreeMap<Long, Set<TrackedCall>> byMinute = new TreeMap<>();

    /** Puts a call at a minute, new or instead of the one it stood at. */
    void put(TrackedCall call, long minute) {
        remove(call);
        call.due(minute);
        byMinute.computeIfAbsent(minute, due -> new LinkedHashSet<>()).add(call);
    }

    void remove(TrackedCall call) {
        Set<TrackedCall> there = byMinute.get(call.dueMinute());
        if (there != null && there.remove(call) && there.isEmpty()) {
            byMinute.remove(call.dueMinute());
        }
    }

    /** How many calls are on it. */
    int size() {
        return byMinute.values().stream().mapToInt(Set::size).sum();
    }

    /** The next call whose minute has come, off the agenda; null when there is none. */
    @Nullable
    TrackedCall poll(long minute) {
        Map.Entry<Long, Set<TrackedCall>> first = byMinute.firstEntry();
        if (first == null || first.getKey() > minute) {
            return null;
        }
        TrackedCall call = first.getValue().iterator().next();
        remove(call);
        return call;
    }
}
