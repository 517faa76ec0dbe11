package org.callclear.settlement.stages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.callclear.schemas.avro.FileReport;
import org.callclear.schemas.avro.SettlementFile;
import org.callclear.settlement.reconcile.CallFile;
import org.callclear.settlement.reconcile.Files;

/**
 * The files of calls. Those that wait for something are at hand in memory, with the log time at which they wait no more;
 * all others are put away. A file is in one of the two places.
 */
final class CallFiles {
    private static final String EARLIEST = "00000000-0000-0000-0000-000000000000";

    private final KeyValueStore<String, SpecificRecord> open;
    private final KeyValueStore<String, SpecificRecord> putAway;
    private final TreeMap<Long, TreeSet<String>> timers = new TreeMap<>();

    CallFiles(KeyValueStore<String, SpecificRecord> open, KeyValueStore<String, SpecificRecord> putAway) {
        this.open = open;
        this.putAway = putAway;
        try (KeyValueIterator<String, SpecificRecord> all = open.all()) {
            all.forEachRemaining(entry -> wake(entry.key, ((SettlementFile) entry.value).getOpenUntil()));
        }
    }

    /** A file taken out, and where it was. */
    record Taken(CallFile file, boolean wasOpen, boolean wasPutAway, long openUntil) {}

    Taken take(String callId) {
        SettlementFile file = (SettlementFile) open.get(callId);
        if (file != null) {
            forget(callId, file.getOpenUntil());
            return new Taken(CallFile.of(file), true, false, file.getOpenUntil());
        }
        file = (SettlementFile) putAway.get(callId);
        return file == null
                ? new Taken(CallFile.empty(), false, false, Files.NONE)
                : new Taken(CallFile.of(file), false, true, Files.NONE);
    }

    /** @param until log time until which it waits; {@link Files#NONE} when it does not */
    void putBack(String callId, Taken taken, long until) {
        SettlementFile file = taken.file().record(until);
        if (until == Files.NONE) {
            putAway.put(callId, file);
            if (taken.wasOpen()) {
                open.delete(callId);
            }
            return;
        }
        wake(callId, until);
        open.put(callId, file);
        if (taken.wasPutAway()) {
            putAway.delete(callId);
        }
    }

    /** It was looked at, and nothing changed. */
    void leave(String callId, Taken taken) {
        if (taken.wasOpen()) {
            wake(callId, taken.openUntil());
        }
    }

    /** The calls that have waited long enough, by time and then by name: the same ones in the same order after any restart. */
    List<String> due(long logMillis) {
        if (timers.isEmpty() || timers.firstKey() > logMillis) {
            return List.of();
        }
        List<String> due = new ArrayList<>();
        for (Map.Entry<Long, TreeSet<String>> timer :
                timers.headMap(logMillis, true).entrySet()) {
            due.addAll(timer.getValue());
        }
        return due;
    }

    /**
     * Throws files away of which nothing can be heard any more.
     *
     * @param bound a call id of the time before which calls must have begun: ids of version 7 sort by time
     * @param endedBefore ms since 1970: no report may be younger, whatever time the id claims
     */
    int prune(String bound, long endedBefore) {
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, SpecificRecord> before = putAway.range(EARLIEST, bound)) {
            while (before.hasNext()) {
                KeyValue<String, SpecificRecord> entry = before.next();
                if (isOver((SettlementFile) entry.value, endedBefore)) {
                    old.add(entry.key);
                }
            }
        }
        old.forEach(putAway::delete);
        return old.size();
    }

    private static boolean isOver(SettlementFile file, long endedBefore) {
        return file.getReports().stream().mapToLong(FileReport::getEndedAt).allMatch(ended -> ended < endedBefore);
    }

    private void wake(String callId, long until) {
        timers.computeIfAbsent(until, at -> new TreeSet<>()).add(callId);
    }

    private void forget(String callId, long until) {
        TreeSet<String> at = timers.get(until);
        if (at != null && at.remove(callId) && at.isEmpty()) {
            timers.remove(until);
        }
    }
}
