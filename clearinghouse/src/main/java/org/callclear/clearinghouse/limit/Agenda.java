package org.callclear.clearinghouse.limit;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When which call has to be looked at again, to the minute. The calls of a minute are a chain through the calls
 * themselves: with half a million of them, an object beside each is what the collector notices.
 */
final class Agenda {
    private final TreeMap<Long, Minute> minutes = new TreeMap<>();
    private int size;

    /** Where a call stands on an agenda; on one at most. */
    abstract static sealed class Entry permits TrackedCall {
        private @Nullable Minute at;
        private @Nullable Entry earlier;
        private @Nullable Entry later;
    }

    /** The calls of one minute, in the order in which they were put there. */
    private static final class Minute {
        private final Agenda agenda;
        private final long number;
        private @Nullable Entry first;
        private @Nullable Entry last;

        Minute(Agenda agenda, long number) {
            this.agenda = agenda;
            this.number = number;
        }
    }

    /** Puts a call that is on no agenda at a minute. */
    void put(TrackedCall call, long minute) {
        Entry entry = call;
        if (entry.at != null) {
            throw new IllegalStateException("the call is on an agenda already");
        }
        Minute at = minutes.computeIfAbsent(minute, number -> new Minute(this, number));
        entry.at = at;
        entry.earlier = at.last;
        if (at.last == null) {
            at.first = entry;
        } else {
            at.last.later = entry;
        }
        at.last = entry;
        size++;
    }

    /** Takes a call off this agenda, if it is on it. */
    void remove(TrackedCall call) {
        Entry entry = call;
        Minute at = entry.at;
        if (at == null || at.agenda != this) {
            return;
        }
        unchain(at, entry);
        if (at.first == null) {
            minutes.remove(at.number);
        }
        size--;
    }

    private static void unchain(Minute at, Entry entry) {
        if (entry.earlier == null) {
            at.first = entry.later;
        } else {
            entry.earlier.later = entry.later;
        }
        if (entry.later == null) {
            at.last = entry.earlier;
        } else {
            entry.later.earlier = entry.earlier;
        }
        entry.at = null;
        entry.earlier = null;
        entry.later = null;
    }

    /** How many calls are on it. */
    int size() {
        return size;
    }

    /** The next call whose minute has come, off the agenda; null when there is none. */
    @Nullable
    TrackedCall poll(long minute) {
        Map.Entry<Long, Minute> first = minutes.firstEntry();
        if (first == null || first.getKey() > minute || !(first.getValue().first instanceof TrackedCall call)) {
            return null;
        }
        remove(call);
        return call;
    }
}
