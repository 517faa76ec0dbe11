package org.callclear.bench.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Grants and reports in the order in which they would stand in the journal: 100 calls begin in a second, and a call's
 * reports come when it has ended. The same seed and count give the same records.
 */
public final class Traffic implements Iterator<Entry> {
    /** When the first call begins, in log time. */
    public static final Instant START = Instant.parse("2026-11-02T08:00:00Z");

    private static final Duration BETWEEN_CALLS = Duration.ofMillis(10);

    private final Random random;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(
            Comparator.comparing((Waiting w) -> w.entry().at()).thenComparingLong(Waiting::number));
    private final List<Kind> kinds = new ArrayList<>();
    private long reportsLeft;
    private long number;
    private Instant nextCall = START;

    /** @param reports how many in all, at least 2; repeated ones count */
    public Traffic(long seed, long reports) {
        if (reports < 2) {
            throw new IllegalArgumentException("reports: " + reports + ": must be at least 2");
        }
        this.random = new Random(seed);
        this.reportsLeft = reports;
    }

    private record Waiting(Entry entry, long number) {}

    /** The carriers that take part. */
    public static List<String> carriers() {
        return Market.carriers();
    }

    @Override
    public boolean hasNext() {
        return reportsLeft > 0 || !waiting.isEmpty();
    }

    @Override
    public Entry next() {
        while (reportsLeft > 0
                && (waiting.isEmpty() || !waiting.peek().entry().at().isBefore(nextCall))) {
            begin();
        }
        if (waiting.isEmpty()) {
            throw new NoSuchElementException("no more calls");
        }
        return waiting.remove().entry();
    }

    private void begin() {
        Call call = new Call(random, kind(), nextCall);
        List<Entry> reports = call.reports();
        wait(call.grant());
        reports.forEach(this::wait);
        reportsLeft -= reports.size();
        nextCall = nextCall.plus(BETWEEN_CALLS);
    }

    /** The kinds come in shuffled thousands; the last calls are such that the count comes out. */
    private Kind kind() {
        if (kinds.isEmpty()) {
            kinds.addAll(Kind.thousand());
            Collections.shuffle(kinds, random);
        }
        Kind next = kinds.remove(kinds.size() - 1);
        if (reportsLeft == 3) {
            return Kind.REPEATED;
        }
        return next == Kind.REPEATED && (reportsLeft == 2 || reportsLeft == 4) ? Kind.MATCHED : next;
    }

    private void wait(Entry entry) {
        waiting.add(new Waiting(entry, number++));
    }
}
