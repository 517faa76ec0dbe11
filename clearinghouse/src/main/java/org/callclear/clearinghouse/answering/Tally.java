package org.callclear.clearinghouse.answering;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.callclear.clearinghouse.stage.Stage;
import org.callclear.metrics.Latencies;
import org.callclear.metrics.Latency;
import org.callclear.schemas.avro.DenialReason;

/** Counts what became of requests, and tells how long it took. Safe for many threads. */
public final class Tally {
    private final LongAdder granted = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final Map<DenialReason, LongAdder> denied = new EnumMap<>(DenialReason.class);
    private final Latencies<Stage> stages;

    /**
     * All zero.
     *
     * @param stages told how long they take
     */
    public Tally(Latencies<Stage> stages) {
        this.stages = stages;
        for (DenialReason reason : DenialReason.values()) {
            denied.put(reason, new LongAdder());
        }
    }

    void granted() {
        granted.increment();
    }

    void repeated() {
        repeated.increment();
    }

    void rejected() {
        rejected.increment();
    }

    void unanswered() {
        unanswered.increment();
    }

    void denied(DenialReason reason) {
        Objects.requireNonNull(denied.get(reason)).increment();
    }

    Latency of(Stage stage) {
        return stages.of(stage);
    }

    /** How many calls were denied for a reason. */
    public long denials(DenialReason reason) {
        return Objects.requireNonNull(denied.get(reason)).sum();
    }

    /** As it is now. */
    public Counts counts() {
        Map<DenialReason, Long> reasons = new EnumMap<>(DenialReason.class);
        denied.forEach((reason, count) -> {
            if (count.sum() > 0) {
                reasons.put(reason, count.sum());
            }
        });
        return new Counts(granted.sum(), repeated.sum(), Map.copyOf(reasons), rejected.sum(), unanswered.sum());
    }

    /**
     * Since the start.
     *
     * @param granted calls granted for the first time
     * @param repeated questions that got the answer of an earlier one again
     * @param denied calls denied, by reason; a reason that never was is not in it
     * @param rejected records set aside because they are no questions
     * @param unanswered questions whose answer could not be written before it was of no use
     */
    public record Counts(long granted, long repeated, Map<DenialReason, Long> denied, long rejected, long unanswered) {}
}
