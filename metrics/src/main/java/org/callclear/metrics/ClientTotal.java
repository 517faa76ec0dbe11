package org.callclear.metrics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * A total that a Kafka client keeps in parts, such as one for each task of a stream job. A part that goes away, for its task went to
 * another instance, leaves what it came to: the sum never falls. What came to it between the last look and its end is lost.
 */
final class ClientTotal {
    private final Supplier<? extends Map<MetricName, ? extends Metric>> client;
    private final Predicate<MetricName> part;
    private final Map<MetricName, Long> seen = new HashMap<>();
    private long total;

    ClientTotal(Supplier<? extends Map<MetricName, ? extends Metric>> client, Predicate<MetricName> part) {
        this.client = client;
        this.part = part;
    }

    /** The sum as it is now. */
    synchronized long read() {
        Set<MetricName> there = new HashSet<>();
        client.get().forEach((name, metric) -> {
            if (part.test(name) && metric.metricValue() instanceof Number value) {
                there.add(name);
                take(name, value.longValue());
            }
        });
        seen.keySet().retainAll(there);
        return total;
    }

    private void take(MetricName name, long now) {
        long before = seen.getOrDefault(name, 0L);
        total += now >= before ? now - before : now; // it began anew
        seen.put(name, now);
    }
}
