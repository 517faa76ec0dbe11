package org.callclear.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.Objects;

/** A count for each constant of an enum. Safe for many threads. */
public final class Counts<E extends Enum<E>> {
    private final Map<E, Counter> counters;

    Counts(Map<E, Counter> counters) {
        this.counters = counters;
    }

    /** One more. */
    public void count(E which) {
        count(which, 1);
    }

    /** So many more. */
    public void count(E which, int more) {
        Objects.requireNonNull(counters.get(which)).increment(more);
    }
}
