package org.callclear.bench.settle;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.callclear.settlement.StreamSettings;

/** The product's settings, and what measuring adds. */
final class Settings {
    private static final int THREADS = 2;
    /** As where much is to be settled, see docs/configuration.md: the product's own is 100. */
    private static final long COMMIT_MILLIS = 1000;

    private Settings() {}

    /** @param own settings that replace or add to the product's, to try them out */
    static Properties of(String address, String application, Path stores, Map<String, String> own) {
        Properties settings = StreamSettings.of(
                Map.of("bootstrap.servers", address), application, stores, THREADS, Duration.ofMillis(COMMIT_MILLIS));
        settings.putAll(own);
        return settings;
    }

    static void observe(Properties settings, FirstRecord first) {
        settings.put(StreamsConfig.mainConsumerPrefix("interceptor.classes"), ConsumptionWatch.class.getName());
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumptionWatch.FIRST_RECORD), first);
    }
}
