package org.callclear.systemtests.oracle;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.SettlementTopology;
import org.callclear.settlement.stages.RecordSerde;
import org.callclear.settlement.stages.StoreKind;

/** The product's topology on the test driver: one partition, no restart, but in a moment. */
final class JobOnTestDriver implements SettlementUnderTest {
    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");

    private final SchemaRegistryClient registry;
    private final Path directory;

    JobOnTestDriver(SchemaRegistryClient registry, Path directory) {
        this.registry = registry;
        this.directory = directory;
    }

    @Override
    public Outcome settle(List<List<SpecificRecord>> partitions, int restartAfterPercent) {
        if (partitions.size() != 1 || restartAfterPercent != 0) {
            throw new IllegalArgumentException("the test driver has one partition and knows no restart");
        }
        Properties settings = new Properties();
        settings.put("application.id", "oracle");
        settings.put("bootstrap.servers", "none:1");
        settings.put("statestore.cache.max.bytes", 0L);
        settings.put("state.dir", directory.toString());
        Serde<SpecificRecord> records = RecordSerde.of(registry);
        var topology = new SettlementTopology(
                        records, StoreKind.IN_MEMORY, Duration.ofSeconds(MadeUpJournal.DELAY_WHEN_UNSAID), 1)
                .build();
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, settings, START)) {
            return settle(partitions.getFirst(), driver, records);
        }
    }

    private static Outcome settle(
            List<SpecificRecord> journal, TopologyTestDriver driver, Serde<SpecificRecord> records) {
        TestInputTopic<String, SpecificRecord> input = driver.createInputTopic(
                Topic.SETTLEMENT_JOURNAL.topic(), new StringSerializer(), records.serializer(), START, Duration.ZERO);
        Reading reading = new Reading();
        for (SpecificRecord item : journal) {
            input.pipeInput(Objects.requireNonNullElse(Journal.callId(item), "barrier"), item);
        }
        driver.advanceWallClockTime(Duration.ofMinutes(1));
        for (String topic : driver.producedTopicNames()) {
            if (topic.equals("statement-drafts") || topic.equals("postings") || topic.equals("disputes")) {
                var output = driver.createOutputTopic(topic, new StringDeserializer(), records.deserializer());
                output.readValuesToList().forEach(reading::take);
            }
        }
        return reading.outcome();
    }
}
