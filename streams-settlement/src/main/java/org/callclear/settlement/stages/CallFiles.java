package org.callclear.settlement.stages;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.callclear.settlement.reconcile.CallFile;
import org.callclear.settlement.reconcile.Files;
import org.jspecify.annotations.Nullable;

/**
 * The files of calls. Those that wait for something are at hand in memory, with the log time at which they wait no more;
 * all others are put away, in bytes and at once: few are looked at again. A file is in one of the two places.
 */
final class CallFiles {
    private static final String EARLIEST = "00000000-0000-0000-0000-000000000000";

    private final WriteBehind<String, KeptFile> open;
    private final KeyValueStore<String, KeptFile> putAway;
    private final Timers timers = new Timers();

    CallFiles(WriteBehind<String, KeptFile> open, KeyValueStore<String, KeptFile> putAway) {
        this.open = open;
        this.putAway = putAway;
        open.takeUp();
        open.forEach((callId, kept) -> timers.set(callId, kept.openUntil()));
    }

    /** A file taken out, and where it was. */
    record Taken(CallFile file, boolean wasOpen, boolean wasPutAway, long openUntil) {}

    Taken take(String callId) {
        @Nullable KeptFile kept = open.get(callId);
        if (kept != null) {
            return new Taken(kept.file(), true, false, kept.openUntil());
        }
        kept = putAway.get(callId);
        return kept == null
                ? new Taken(CallFile.empty(), false, false, Files.NONE)
                : new Taken(kept.file(), false, true, Files.NONE);
    }

    /**
     * Puts a file back that was written in; one in which nothing was written may be left where it is.
     *
     * @param until log time until which it waits; {@link Files#NONE} when it does not
     */
    void putBack(String callId, Taken taken, long until) {
        if (taken.wasOpen() && taken.openUntil() != until) {
            timers.clear(callId, taken.openUntil());
        }
        KeptFile kept = new KeptFile(taken.file(), until);
        if (until == Files.NONE) {
            putAway.put(callId, kept);
            if (taken.wasOpen()) {
                open.delete(callId);
            }
            return;
        }
        timers.set(callId, until);
        open.put(callId, kept);
        if (taken.wasPutAway()) {
            putAway.delete(callId);
        }
    }

    /** The calls that have waited long enough, by time and then by name. */
    List<String> due(long logMillis) {
        return timers.due(logMillis);
    }

    /**
     * Throws files away of which nothing can be heard any more.
     *
     * @param bound a call id of the time before which calls must have begun: ids of version 7 sort by time
     * @param endedBefore ms since 1970: no report may be younger, whatever time the id claims
     */
    int prune(String bound, long endedBefore) {
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, KeptFile> begun = putAway.range(EARLIEST, bound)) {
            begun.forEachRemaining(entry -> {
                if (entry.value.file().isOver(endedBefore)) {
                    old.add(entry.key);
                }
            });
        }
        old.forEach(putAway::delete);
        return old.size();
    }
}
