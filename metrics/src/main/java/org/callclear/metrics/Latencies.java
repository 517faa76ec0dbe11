package org.callclear.metrics;

/** How long each of some stages takes. Safe for many threads. */
public final class Latencies<E extends Enum<E>> {
    private final Latency[] stages;

    Latencies(Latency[] stages) {
        this.stages = stages;
    }

    /** The latency of one stage. */
    public Latency of(E stage) {
        return stages[stage.ordinal()];
    }
}
