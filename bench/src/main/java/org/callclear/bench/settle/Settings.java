package org.callclear.bench.settle;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of {@code Settlement}, copied for as long as they are private there, and what measuring adds. */
final class Settings {
    private static final int THREADS = 2;
    private static final long COMMIT_MILLIS = 100;

    private Settings() {}

    /** @param own settings that replace or add to the product's, to try them out */
    static Properties of(String address, String application, Path stores, Map<String, String> own) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", address);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stores.toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.consumerPrefix("receive.buffer.bytes"), 1 << 20);
        settings.put(StreamsConfig.consumerPrefix("max.poll.records"), 2_000);
        settings.putAll(own);
        return settings;
    }

    static void observe(Properties settings, FirstRecord first) {
        settings.put(StreamsConfig.mainConsumerPrefix("interceptor.classes"), ConsumptionWatch.class.getName());
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumptionWatch.FIRST_RECORD), first);
    }
}
