package org.callclear.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

/** Totals of clients whose parts come and go. */
class ClientTotalTest {
    private final Map<MetricName, Metric> client = new HashMap<>();
    private final ClientTotal total =
            new ClientTotal(() -> client, name -> name.name().equals("records-produced-total"));

    @Test
    void itIsTheSumOfItsParts() {
        put("records-produced-total", "0_0", 3);
        put("records-produced-total", "0_1", 4);
        put("bytes-produced-total", "0_0", 1000);

        assertThat(total.read()).isEqualTo(7);
        assertThat(total.read()).isEqualTo(7);
    }

    @Test
    void aTaskThatGoesAwayLeavesWhatItCounted() {
        put("records-produced-total", "0_0", 3);
        put("records-produced-total", "0_1", 4);
        total.read();

        client.clear();
        assertThat(total.read()).isEqualTo(7);

        put("records-produced-total", "0_1", 2); // it came back, and begins at nothing
        assertThat(total.read()).isEqualTo(9);
    }

    @Test
    void aTaskThatBeganAnewBetweenTwoLooksIsSeenToHave() {
        put("records-produced-total", "0_0", 5);
        total.read();

        put("records-produced-total", "0_0", 1);

        assertThat(total.read()).isEqualTo(6);
    }

    private void put(String name, String task, double value) {
        MetricName full = new MetricName(name, "stream-topic-metrics", "", Map.of("task-id", task));
        client.put(full, new Metric() {
            @Override
            public MetricName metricName() {
                return full;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
