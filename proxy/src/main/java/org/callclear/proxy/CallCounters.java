package org.callclear.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.callclear.metrics.Counts;
import org.callclear.metrics.Latencies;
import org.callclear.metrics.Meters;
import org.callclear.proxy.call.Outcome;
import org.callclear.proxy.call.Timer;

/** Counts calls, attempts, and how long the stages of a set-up take. Safe for use by several threads. */
public final class CallCounters {
    private static final int BUCKETS = 32;

    /** Calls refused before the clearinghouse was asked. */
    public enum Refusal {
        /** The called number could not be read. */
        BAD_CALLED_NUMBER,
        /** The caller has no number. */
        NO_CALLING_NUMBER,
        /** Too many calls at once, a clearinghouse that is behind, or a journal that cannot be written. */
        OVERLOAD,
        /** The proxy goes down. */
        SHUTTING_DOWN
    }

    /** Stages of a set-up. */
    public enum Stage {
        /** From the INVITE to the clearinghouse's answer. */
        AUTHORIZATION,
        /** From the INVITE to the first sign of the called side, the post dial delay; once for a call. */
        RINGING,
        /** From a gateway's set-up to its first sign of the called side. */
        GATEWAY,
        /** From the INVITE to the answer. */
        ANSWER
    }

    /**
     * How long a stage took.
     *
     * @param count how often it was passed
     * @param total the sum
     * @param upTo how many took less than 1, 2, 4, ... ms: {@code upTo[i]} those of at least {@code 2^(i-1)} and less
     *     than {@code 2^i} ms
     */
    public record Latency(long count, Duration total, List<Long> upTo) {
        /** An upper bound for the share of the fastest, 0 to 100 percent; zero when there is none. */
        public Duration percentile(int percent) {
            long wanted = (count * percent + 99) / 100;
            long seen = 0;
            for (int i = 0; i < upTo.size() && count > 0; i++) {
                seen += upTo.get(i);
                if (seen >= wanted) {
                    return Duration.ofMillis(1L << i);
                }
            }
            return Duration.ZERO;
        }
    }

    /**
     * The counts at one time.
     *
     * @param open calls under way
     * @param calls ended calls by outcome
     * @param refused calls that never were, by reason
     * @param attempts set-ups sent
     * @param hunts set-ups sent after an earlier one of the same call had failed
     * @param reportsResent reports that had to be sent again
     * @param latency stages
     */
    public record Snapshot(
            long open,
            Map<Outcome, Long> calls,
            Map<Refusal, Long> refused,
            long attempts,
            long hunts,
            long reportsResent,
            Map<Stage, Latency> latency) {
        /** How long a stage took. */
        public Latency took(Stage stage) {
            return of(latency, stage);
        }
    }

    private final Map<Outcome, LongAdder> calls = adders(Outcome.class);
    private final Map<Refusal, LongAdder> refused = adders(Refusal.class);
    private final LongAdder attempts = new LongAdder();
    private final LongAdder hunts = new LongAdder();
    private final LongAdder resent = new LongAdder();
    private final Map<Stage, LongAdder> totals = adders(Stage.class);
    private final Map<Stage, AtomicLongArray> buckets = new EnumMap<>(Stage.class);

    private final Latencies<Stage> latencies;
    private final Counts<Response> responses;
    private final Counts<Timer.Kind> timeouts;

    /** All zero, and read by nobody but {@link #snapshot}. */
    CallCounters() {
        this(Meters.unread());
    }

    /** All zero, and shown by these meters. */
    CallCounters(Meters meters) {
        for (Stage stage : Stage.values()) {
            buckets.put(stage, new AtomicLongArray(BUCKETS));
        }
        this.latencies = meters.latencies("proxy.stage", "how long the stages of a set-up take", "stage", Stage.class);
        this.responses = meters.counts(
                "proxy.responses", "SIP responses to callers, challenges left out", "status", Response.class);
        this.timeouts = meters.counts("proxy.timeouts", "time-outs that passed in a call", "of", Timer.Kind.class);
        meters.counted(
                "proxy.calls",
                "ended calls",
                "outcome",
                Outcome.class,
                outcome -> of(calls, outcome).sum());
        meters.counted(
                "proxy.calls.refused",
                "calls refused before the clearinghouse was asked",
                "reason",
                Refusal.class,
                refusal -> of(refused, refusal).sum());
        meters.counted("proxy.attempts", "set-ups sent to gateways", attempts::sum);
        meters.counted("proxy.hunts", "set-ups sent after an earlier one of the same call had failed", hunts::sum);
        meters.counted("proxy.reports.resent", "reports that had to be sent again", resent::sum);
    }

    /** The caller was sent a response. */
    void responded(int status) {
        responses.count(Response.of(status));
    }

    /** A call waited in vain. */
    void timedOut(Timer.Kind what) {
        timeouts.count(what);
    }

    void ended(Outcome outcome) {
        of(calls, outcome).increment();
    }

    void refused(Refusal refusal) {
        of(refused, refusal).increment();
    }

    void attempted(boolean again) {
        attempts.increment();
        if (again) {
            hunts.increment();
        }
    }

    void resent() {
        resent.increment();
    }

    void took(Stage stage, Duration time) {
        latencies.of(stage).took(time.toNanos());
        long millis = Math.max(0, time.toMillis());
        of(totals, stage).add(millis);
        of(buckets, stage).incrementAndGet(Math.min(BUCKETS - 1, Long.SIZE - Long.numberOfLeadingZeros(millis)));
    }

    Snapshot snapshot(long open) {
        Map<Stage, Latency> latency = new EnumMap<>(Stage.class);
        for (Stage stage : Stage.values()) {
            List<Long> counts = new ArrayList<>();
            for (int i = 0; i < BUCKETS; i++) {
                counts.add(of(buckets, stage).get(i));
            }
            long count = counts.stream().mapToLong(Long::longValue).sum();
            Duration total = Duration.ofMillis(of(totals, stage).sum());
            latency.put(stage, new Latency(count, total, List.copyOf(counts)));
        }
        return new Snapshot(open, sums(calls), sums(refused), attempts.sum(), hunts.sum(), resent.sum(), latency);
    }

    private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> keys) {
        Map<K, LongAdder> adders = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            adders.put(key, new LongAdder());
        }
        return adders;
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key));
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> adders) {
        Map<K, Long> sums = new LinkedHashMap<>();
        adders.forEach((key, adder) -> sums.put(key, adder.sum()));
        return Map.copyOf(sums);
    }
}
