package org.callclear.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is counted stands on the page, under its name and whose it is. */
class MetersTest {
    private static final String WHOSE = "name=\"zenith-1/g1\",party=\"gateway\"";

    private final MeterBook book = new MeterBook();
    private final Meters meters = book.of("gateway", "zenith-1/g1");

    private enum Reason {
        LATE,
        FORGED {
            @Override
            public String toString() {
                return "not genuine";
            }
        }
    }

    private enum Reader {
        REQUESTS
    }

    @AfterEach
    void close() {
        book.close();
    }

    @Test
    void eachConstantHasASeriesFromTheStart() {
        Counts<Reason> refusals = meters.counts("refusals", "by reason", "reason", Reason.class);

        refusals.count(Reason.LATE);
        refusals.count(Reason.LATE, 2);

        assertThat(text())
                .contains("# HELP callclear_refusals_total by reason\n# TYPE callclear_refusals_total counter\n")
                .contains("callclear_refusals_total{" + WHOSE + ",reason=\"LATE\"} 3.0\n")
                .contains("callclear_refusals_total{" + WHOSE + ",reason=\"not genuine\"} 0.0\n");
    }

    @Test
    void whatIsCountedElsewhereIsReadWhenThePageIs() {
        AtomicLong calls = new AtomicLong();
        meters.counted("calls", "ended", calls::get);
        meters.counted(
                "calls.by", "ended", "reason", Reason.class, reason -> reason == Reason.LATE ? 0 : calls.get() + 1);
        meters.gauge("open", "now", calls::get);
        meters.gauge("open.by", "now", "reason", Reason.class, reason -> reason == Reason.LATE ? 0 : calls.get() - 1);

        calls.set(7);

        assertThat(text())
                .contains("callclear_calls_total{" + WHOSE + "} 7.0\n")
                .contains("callclear_calls_by_total{" + WHOSE + ",reason=\"not genuine\"} 8.0\n")
                .contains("callclear_open{" + WHOSE + "} 7.0\n")
                .contains("callclear_open_by{" + WHOSE + ",reason=\"not genuine\"} 6.0\n");
    }

    @Test
    void latenciesFallIntoBucketsOfOneMillisecondToTenSeconds() {
        Latencies<Reason> stages = meters.latencies("stage", "how long", "stage", Reason.class);

        stages.of(Reason.LATE).took(TimeUnit.MICROSECONDS.toNanos(900));
        stages.of(Reason.LATE).took(TimeUnit.MILLISECONDS.toNanos(3));
        stages.of(Reason.LATE).took(TimeUnit.SECONDS.toNanos(11));
        stages.of(Reason.LATE).took(-5); // two clocks

        String late = "callclear_stage_seconds_bucket{" + WHOSE + ",stage=\"LATE\",le=";
        assertThat(text())
                .contains(late + "\"0.001\"} 2\n")
                .contains(late + "\"0.002\"} 2\n")
                .contains(late + "\"0.005\"} 3\n")
                .contains(late + "\"10.0\"} 3\n")
                .contains(late + "\"+Inf\"} 4\n")
                .contains("callclear_stage_seconds_count{" + WHOSE + ",stage=\"LATE\"} 4\n");
        assertThat(text().lines().filter(line -> line.startsWith(late))).hasSize(Meters.BUCKETS.length + 1);
    }

    @Test
    void severalPartiesStandOnOnePage() {
        book.of("gateway", "zenith-2/g1").gauge("open", "now", () -> 2);
        meters.gauge("open", "now", () -> 1);

        assertThat(text())
                .contains("callclear_open{" + WHOSE + "} 1.0\n")
                .contains("callclear_open{name=\"zenith-2/g1\",party=\"gateway\"} 2.0\n");
    }

    @Test
    void lagIsTheSumOverAllPartitionsAndUnknownWithoutOne() {
        Map<MetricName, Metric> client = new HashMap<>();
        meters.lag(Reader.REQUESTS, () -> client);
        String lag = "callclear_lag_records{" + WHOSE + ",reader=\"REQUESTS\"} ";
        assertThat(text()).contains(lag + "NaN\n");

        put(client, "records-lag", "0", 4.0);
        put(client, "records-lag", "1", Double.NaN);
        put(client, "records-lag", "2", 5.0);
        put(client, "records-lag-max", "", 100.0);

        assertThat(text()).contains(lag + "9.0\n");
    }

    private static void put(Map<MetricName, Metric> client, String name, String partition, double value) {
        MetricName full = new MetricName(
                name, "consumer-fetch-manager-metrics", "", Map.of("topic", "requests", "partition", partition));
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

    private String text() {
        return book.text(MeterBook.Form.PLAIN);
    }
}
