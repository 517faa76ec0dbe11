package org.callclear.proxy.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.callclear.proxy.call.Attempt;
import org.callclear.proxy.call.AttemptReport;
import org.callclear.schemas.call.CallId;

/** The fold of the journal: what is not finished. */
final class Unfinished {
    private final Map<Key, Attempt> open = new LinkedHashMap<>();
    private final Map<Key, AttemptReport> unsent = new LinkedHashMap<>();
    private Instant lastKnown = Instant.EPOCH;

    /** One attempt of one call. */
    private record Key(CallId call, int leg) {}

    void apply(JournalEntry entry) {
        lastKnown = entry.at().isAfter(lastKnown) ? entry.at() : lastKnown;
        switch (entry) {
            case JournalEntry.Opened opened -> opened(opened.attempt());
            case JournalEntry.Answered answered ->
                open.computeIfPresent(
                        new Key(answered.call(), answered.leg()), (key, attempt) -> attempt.answered(answered.at()));
            case JournalEntry.Reported reported -> {
                Key key = key(reported.report().attempt());
                open.remove(key);
                unsent.put(key, reported.report());
            }
            case JournalEntry.Sent sent -> unsent.remove(new Key(sent.call(), sent.leg()));
            case JournalEntry.Alive alive -> {}
        }
    }

    /** The latest instant at which the proxy is known to have been alive. */
    Instant lastKnown() {
        return lastKnown;
    }

    List<Attempt> open() {
        return List.copyOf(open.values());
    }

    List<AttemptReport> unsent() {
        return List.copyOf(unsent.values());
    }

    boolean hasOpen() {
        return !open.isEmpty();
    }

    /** The shortest journal that says the same. Reports come first: one ends an attempt that was opened before it. */
    List<JournalEntry> entries() {
        List<JournalEntry> entries = new ArrayList<>();
        unsent.values().forEach(report -> entries.add(new JournalEntry.Reported(report)));
        open.values().forEach(attempt -> entries.add(new JournalEntry.Opened(attempt)));
        entries.add(new JournalEntry.Alive(lastKnown));
        return entries;
    }

    private void opened(Attempt attempt) {
        // A call that is authorized is no longer leg 0.
        open.remove(new Key(attempt.call(), 0));
        open.put(key(attempt), attempt);
    }

    private static Key key(Attempt attempt) {
        return new Key(attempt.call(), attempt.leg());
    }
}
