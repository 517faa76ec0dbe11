package org.callclear.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Makes the meters of one party. Each is made once, when the party starts; to count later makes nothing new.
 *
 * <p>A label's values are the constants of an enum, so that their number is fixed when the program is compiled: nothing that
 * comes from another party, such as a number, a call or a carrier, can become one. Two labels stand on every meter: {@code party}
 * and {@code name}, both from the party's configuration.
 */
public final class Meters {
    /** Where buckets of latencies end: from what a signature takes to what a caller waits for at the longest. */
    static final Duration[] BUCKETS = Arrays.stream(
                    new long[] {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000})
            .mapToObj(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final String PREFIX = "callclear.";

    private final MeterRegistry registry;
    private final Tags whose;

    private Meters(MeterRegistry registry, Tags whose) {
        this.registry = registry;
        this.whose = whose;
    }

    static Meters of(MeterRegistry registry, String party, String name) {
        return new Meters(registry, Tags.of("party", party, "name", name));
    }

    /** Meters that nobody reads. */
    public static Meters unread() {
        return of(new CompositeMeterRegistry(), "none", "none");
    }

    /** What was counted elsewhere, and never falls. */
    public void counted(String name, String meaning, LongSupplier count) {
        registerCount(name, meaning, Tags.empty(), count);
    }

    /** The same, for each value of a label. */
    public <E extends Enum<E>> void counted(
            String name, String meaning, String label, Class<E> values, ToLongFunction<E> count) {
        for (E value : values.getEnumConstants()) {
            registerCount(name, meaning, Tags.of(label, value.toString()), () -> count.applyAsLong(value));
        }
    }

    /**
     * The same, kept by a Kafka client in parts: see {@link ClientTotal}.
     *
     * @param client its own metrics
     * @param parts which of them belong to a value of the label
     */
    public <E extends Enum<E>> void counted(
            String name,
            String meaning,
            String label,
            Class<E> values,
            Supplier<? extends Map<MetricName, ? extends Metric>> client,
            BiPredicate<E, MetricName> parts) {
        for (E value : values.getEnumConstants()) {
            ClientTotal total = new ClientTotal(client, part -> parts.test(value, part));
            registerCount(name, meaning, Tags.of(label, value.toString()), total::read);
        }
    }

    private void registerCount(String name, String meaning, Tags labels, LongSupplier count) {
        // The registry holds what it reads by a weak reference only: the meter's own function holds it too.
        FunctionCounter.builder(PREFIX + name, registry, any -> count.getAsLong())
                .description(meaning)
                .tags(whose.and(labels))
                .register(registry);
    }

    /** A count for each value of a label. */
    public <E extends Enum<E>> Counts<E> counts(String name, String meaning, String label, Class<E> values) {
        return new Counts<>(each(
                values,
                value -> Counter.builder(PREFIX + name)
                        .description(meaning)
                        .tags(whose.and(label, value.toString()))
                        .register(registry)));
    }

    /** How much there is of something now. */
    public void gauge(String name, String meaning, LongSupplier value) {
        registerGauge(name, meaning, Tags.empty(), value::getAsLong);
    }

    /** The same, for each value of a label. */
    public <E extends Enum<E>> void gauge(
            String name, String meaning, String label, Class<E> values, ToLongFunction<E> value) {
        for (E one : values.getEnumConstants()) {
            registerGauge(name, meaning, Tags.of(label, one.toString()), () -> value.applyAsLong(one));
        }
    }

    /**
     * How many records a consumer is behind, as its last fetch told; not a number while it has read nothing.
     *
     * @param reader what it reads
     * @param client its own metrics
     */
    public void lag(Enum<?> reader, Supplier<? extends Map<MetricName, ? extends Metric>> client) {
        registerGauge(
                "lag.records",
                "records between a consumer and the end of what it reads, as its last fetch told",
                Tags.of("reader", reader.toString()),
                () -> Lag.of(client.get()));
    }

    private void registerGauge(String name, String meaning, Tags labels, Supplier<Number> value) {
        Gauge.builder(PREFIX + name, value)
                .description(meaning)
                .tags(whose.and(labels))
                .strongReference(true)
                .register(registry);
    }

    /** How long something takes. */
    public Latency latency(String name, String meaning) {
        return new Latency(timer(name, meaning, Tags.empty()));
    }

    /** How long something takes, for each value of a label. */
    public <E extends Enum<E>> Latencies<E> latencies(String name, String meaning, String label, Class<E> values) {
        return new Latencies<>(each(
                values, value -> new Latency(timer(name, meaning, Tags.of(label, value.toString())))));
    }

    private static <E extends Enum<E>, M> Map<E, M> each(Class<E> values, Function<E, M> meter) {
        Map<E, M> meters = new EnumMap<>(values);
        for (E value : values.getEnumConstants()) {
            meters.put(value, meter.apply(value));
        }
        return meters;
    }

    private Timer timer(String name, String meaning, Tags labels) {
        return Timer.builder(PREFIX + name)
                .description(meaning)
                .tags(whose.and(labels))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
