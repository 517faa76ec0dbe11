package org.callclear.proxy;

import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.callclear.metrics.Meters;

/** What a proxy shows of itself beside what its {@link CallCounters} count: its meters by name. */
final class Shown {
    private Shown() {}

    private enum Reader {
        ANSWERS
    }

    static void openCalls(Meters meters, Switchboard board) {
        meters.gauge("proxy.open.calls", "calls under way", board::open);
    }

    static void reports(Meters meters, LongSupplier unsent) {
        meters.gauge("proxy.reports.unsent", "ended attempts whose report is not acknowledged", unsent);
    }

    static void lag(Meters meters, Supplier<Map<MetricName, ? extends Metric>> answers) {
        meters.lag(Reader.ANSWERS, answers);
    }
}
