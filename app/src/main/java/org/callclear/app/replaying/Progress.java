package org.callclear.app.replaying;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.callclear.settlement.replay.Watcher;

/** Tells people once a second how far a replay is. Safe for several threads. */
public final class Progress implements Watcher {
    private static final int MOST_PARTITIONS = 10_000;
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS = 1e9;
    private static final double PER_CENT = 100;

    private final Consumer<String> line;
    private final AtomicLongArray places = new AtomicLongArray(MOST_PARTITIONS);
    private long all;
    private long begun;
    private long told;

    /** @param line takes a line now and then */
    public Progress(Consumer<String> line) {
        this.line = line;
    }

    /** @param offsets of all partitions together that are to be read */
    synchronized void begin(long offsets) {
        all = offsets;
        begun = System.nanoTime();
        told = begun;
    }

    @Override
    public void at(int partition, long offset) {
        places.set(partition, offset);
        tell(false);
    }

    void done() {
        tell(true);
    }

    private synchronized void tell(boolean always) {
        long now = System.nanoTime();
        if (!always && now - told < EVERY_NANOS) {
            return;
        }
        told = now;
        long read = 0;
        for (int partition = 0; partition < MOST_PARTITIONS; partition++) {
            read += places.get(partition);
        }
        line.accept(String.format(
                Locale.ROOT,
                "journal: %,d of %,d read, %.0f %%, %,.0f a second",
                read,
                all,
                all == 0 ? PER_CENT : PER_CENT * read / all,
                read / Math.max((now - begun) / NANOS, 1e-3)));
    }
}
