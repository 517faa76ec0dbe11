package org.callclear.settlement.stages;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.callclear.settlement.reconcile.CallFile;
import org.callclear.settlement.reconcile.Files;
import org.callclear.settlement.stages.Timers.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The files of calls. Those that wait for something are at hand in memory, with the log time at which they wait no more;
 * all others are put away at once: few are looked at again. A file is in one of the two places.
 */
final class CallFiles {
    private static final String EARLIEST = "00000000-0000-0000-0000-000000000000";

    private final WriteBehind<String, OpenFile> open;
    private final KeyValueStore<String, KeptFile> putAway;
    private final Serde<KeptFile> files;
    private final Timers timers = new Timers();

    /**
     * The files in two stores.
     *
     * @param files how those in both are read and written
     */
    CallFiles(WriteBehind<String, OpenFile> open, KeyValueStore<String, KeptFile> putAway, Serde<KeptFile> files) {
        this.open = open;
        this.putAway = putAway;
        this.files = files;
        open.takeUp();
        open.forEachKept((callId, waiting) -> waiting.waitWith(timers.set(callId, waiting.until())));
    }

    /**
     * A file taken out, and where it was.
     *
     * @param wasOpen as it waits; null when it does not
     */
    record Taken(CallFile file, @Nullable OpenFile wasOpen, boolean wasPutAway) {}

    Taken take(String callId) {
        @Nullable OpenFile waiting = open.get(callId);
        if (waiting != null) {
            KeptFile kept = files.deserializer().deserialize(StageStores.OPEN_FILES, waiting.bytes());
            return new Taken(kept.file(), waiting, false);
        }
        @Nullable KeptFile kept = putAway.get(callId);
        return kept == null ? new Taken(CallFile.empty(), null, false) : new Taken(kept.file(), null, true);
    }

    /**
     * Puts a file back that was written in; one in which nothing was written may be left where it is.
     *
     * @param until log time until which it waits; {@link Files#NONE} when it does not
     */
    void putBack(String callId, Taken taken, long until) {
        OpenFile waited = taken.wasOpen();
        KeptFile kept = new KeptFile(taken.file(), until);
        if (until == Files.NONE) {
            putAway.put(callId, kept);
            if (waited != null) {
                timers.clear(waited.timer());
                open.delete(callId);
            }
            return;
        }
        OpenFile waits = new OpenFile(files.serializer().serialize(StageStores.OPEN_FILES, kept), until);
        waits.waitWith(timer(callId, waited, until));
        open.put(callId, waits);
        if (taken.wasPutAway()) {
            putAway.delete(callId);
        }
    }

    private Timer timer(String callId, @Nullable OpenFile waited, long until) {
        if (waited != null && waited.until() == until) {
            return waited.timer();
        }
        if (waited != null) {
            timers.clear(waited.timer());
        }
        return timers.set(callId, until);
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
