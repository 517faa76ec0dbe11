package org.callclear.metrics;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** How long something takes, in buckets. Safe for many threads. */
public final class Latency {
    private final Timer timer;

    Latency(Timer timer) {
        this.timer = timer;
    }

    /** It took so long; less than nothing, by two clocks that differ, counts as nothing. */
    public void took(long nanos) {
        timer.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    /** It has taken since then, by {@link System#nanoTime()}. */
    public void tookSince(long begunNanos) {
        took(System.nanoTime() - begunNanos);
    }
}
