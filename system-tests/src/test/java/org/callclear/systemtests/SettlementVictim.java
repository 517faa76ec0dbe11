package org.callclear.systemtests;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.settlement.SettlementTopology;
import org.callclear.settlement.StreamSettings;
import org.callclear.settlement.stages.RecordSerde;
import org.callclear.settlement.stages.StoreKind;

/**
 * The stream job alone, as a process that a test kills: {@code BOOTSTRAP APPLICATION STATE-DIRECTORY}. As in production,
 * but it takes small bites and commits often, so that a kill finds it in the middle of something.
 */
final class SettlementVictim {
    private static final int DIED_BY_ITSELF = 3;

    private SettlementVictim() {}

    public static void main(String[] args) throws InterruptedException {
        KafkaStreams job = job(args[0], args[1], Path.of(args[2]));
        job.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(DIED_BY_ITSELF);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        job.start();
        Thread.currentThread().join();
    }

    static KafkaStreams job(String bootstrap, String application, Path state) {
        AvroTrust.establish();
        Properties settings = StreamSettings.of(
                Map.of("bootstrap.servers", bootstrap), application, state, 2, Duration.ofMillis(100));
        settings.put(StreamsConfig.consumerPrefix("max.poll.records"), 50);
        settings.put(StreamsConfig.producerPrefix("linger.ms"), 0);
        settings.put(StreamsConfig.producerPrefix("transaction.timeout.ms"), 5_000);
        return new KafkaStreams(
                new SettlementTopology(
                                RecordSerde.of(MemoryRegistry.open()),
                                StoreKind.ON_DISK,
                                Duration.ofMinutes(5),
                                Catalogue.CALL_PARTITIONS)
                        .build(),
                settings);
    }
}
