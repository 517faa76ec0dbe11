package org.callclear.metrics;

import io.micrometer.core.instrument.Counter;

/** A count for each constant of an enum. Safe for many threads. */
public final class Counts<E extends Enum<E>> {
    private final Counter[] counters;

    Counts(Counter[] counters) {
        this.counters = counters;
    }

    /** One more. */
    public void count(E which) {
        counters[which.ordinal()].increment();
    }

    /** So many more. */
    public void count(E which, int more) {
        counters[which.ordinal()].increment(more);
    }
}
