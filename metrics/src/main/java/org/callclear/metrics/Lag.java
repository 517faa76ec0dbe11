package org.callclear.metrics;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * How far a Kafka client is behind: the sum over its partitions. Of the client's hundreds of metrics this one number matters here, and
 * with a series for each partition a page would grow with every carrier.
 */
final class Lag {
    private static final String GROUP = "consumer-fetch-manager-metrics";
    private static final String NAME = "records-lag";

    private Lag() {}

    /** Not a number when nothing was fetched yet. */
    static Number of(Map<MetricName, ? extends Metric> client) {
        double sum = Double.NaN;
        for (Map.Entry<MetricName, ? extends Metric> entry : client.entrySet()) {
            MetricName name = entry.getKey();
            if (name.name().equals(NAME)
                    && name.group().equals(GROUP)
                    && entry.getValue().metricValue() instanceof Double lag
                    && !lag.isNaN()) {
                sum = Double.isNaN(sum) ? lag : sum + lag;
            }
        }
        return sum;
    }
}
