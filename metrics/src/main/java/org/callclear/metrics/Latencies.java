package org.callclear.metrics;

import java.util.Map;
import java.util.Objects;

/** How long each of some stages takes. Safe for many threads. */
public final class Latencies<E extends Enum<E>> {
    private final Map<E, Latency> stages;

    Latencies(Map<E, Latency> stages) {
        this.stages = stages;
    }

    /** The latency of one stage. */
    public Latency of(E stage) {
        return Objects.requireNonNull(stages.get(stage));
    }
}
