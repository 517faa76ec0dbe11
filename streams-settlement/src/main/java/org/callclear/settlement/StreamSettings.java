package org.callclear.settlement;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Upkeep;

/** How the stream job is set up, wherever it runs. */
public final class StreamSettings {
    private static final int BATCH_BYTES = 128 << 10;
    /** Once used it stays taken, for each thread: room for one of the largest documents, and some batches. */
    private static final long BUFFER_BYTES = 24L << 20;

    /**
     * A broker is asked for one thing at a time. While the journal's partitions have enough in hand, that is the topic of the
     * totals alone: nothing comes from there for long, and the journal would have to wait for it.
     */
    private static final int FETCH_WAIT_MILLIS = 10;

    private StreamSettings() {}

    static Properties of(SettlementConfig config, StateDirectory directory) {
        Properties settings = of(
                config.kafka().clientSettings(),
                Catalogue.SETTLEMENT_APPLICATION,
                directory.stores(),
                config.threads(),
                config.commitInterval());
        settings.put(StreamsConfig.CLIENT_ID_CONFIG, Catalogue.SETTLEMENT_APPLICATION + "-" + directory.instance());
        return settings;
    }

    /**
     * The settings of a job.
     *
     * @param client how to reach Kafka
     * @param application its group, and the beginning of its topics' names
     * @param stores a directory of its own
     * @param threads stream threads
     * @param commitInterval how late results are at most
     */
    public static Properties of(
            Map<String, Object> client, String application, Path stores, int threads, Duration commitInterval) {
        Properties settings = new Properties();
        settings.putAll(client);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // With the classic protocol a restarted instance would wait 45 s for the one before it.
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stores.toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        // What changes often is held back until the commit by its own stores.
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.consumerPrefix("receive.buffer.bytes"), 1 << 20);
        settings.put(StreamsConfig.mainConsumerPrefix("fetch.max.wait.ms"), FETCH_WAIT_MILLIS);
        settings.put(StreamsConfig.consumerPrefix("max.poll.records"), 2_000);
        settings.put(StreamsConfig.producerPrefix("batch.size"), BATCH_BYTES);
        settings.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
        settings.put(StreamsConfig.producerPrefix("buffer.memory"), BUFFER_BYTES);
        settings.put(StreamsConfig.producerPrefix("max.request.size"), Upkeep.LARGEST_DOCUMENT);
        return settings;
    }
}
