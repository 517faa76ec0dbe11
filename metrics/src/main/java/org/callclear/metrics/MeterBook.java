package org.callclear.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** All meters of a process, of one party or of several, as the text that Prometheus reads. Safe for many threads. */
public final class MeterBook implements AutoCloseable {
    /** How the text is written. */
    public enum Form {
        /** What Prometheus has always read, version 0.0.4. */
        PLAIN("text/plain; version=0.0.4; charset=utf-8"),
        /** The standard made of it, version 1.0.0. */
        OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

        private final String type;

        Form(String type) {
            this.type = type;
        }

        /** As HTTP names it. */
        public String type() {
            return type;
        }
    }

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics pauses = new JvmGcMetrics();

    /** With meters of the JVM it runs in: heap, pauses of its collector, threads. */
    public MeterBook() {
        pauses.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
    }

    /**
     * Meters that stand in this book.
     *
     * @param party its kind, such as {@code gateway}
     * @param name which one of its kind
     */
    public Meters of(String party, String name) {
        return Meters.of(registry, party, name);
    }

    /** All there is, as it is now. */
    public String text(Form form) {
        return registry.scrape(form.type());
    }

    @Override
    public void close() {
        pauses.close();
        registry.close();
    }
}
