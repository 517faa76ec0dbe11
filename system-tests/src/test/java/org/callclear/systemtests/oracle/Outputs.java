package org.callclear.systemtests.oracle;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer;

/** What a settlement has written and committed: postings, disputes and statements. For one thread. */
final class Outputs implements AutoCloseable {
    private static final Duration MOMENT = Duration.ofMillis(100);

    private final Reading reading = new Reading();
    private final Consumer<String, SpecificRecord> consumer;

    private Outputs(Consumer<String, SpecificRecord> consumer) {
        this.consumer = consumer;
    }

    static Outputs open(PlainBroker broker, SchemaRegistryClient registry) {
        Map<String, Object> settings = new HashMap<>(broker.clientSettings());
        settings.put("isolation.level", "read_committed");
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        settings.put("max.poll.records", 5_000);
        Consumer<String, SpecificRecord> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new RecordDeserializer(registry));
        consumer.assign(names().flatMap(name -> consumer.partitionsFor(name).stream())
                .map(part -> new TopicPartition(part.topic(), part.partition()))
                .toList());
        return new Outputs(consumer);
    }

    private static Stream<String> names() {
        return Stream.of(Topic.POSTINGS.topic(), Topic.DISPUTES.topic(), Topic.STATEMENT_DRAFTS.topic());
    }

    /** What has been read so far, after reading a little more. */
    Reading more() {
        consumer.poll(MOMENT).forEach(record -> reading.take(record.value()));
        return reading;
    }

    /** Whether all that is committed by now has been read; reads a little more where it has not. */
    boolean areRead() {
        List<TopicPartition> all = List.copyOf(consumer.assignment());
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        boolean areRead = all.stream().allMatch(part -> consumer.position(part) >= ends.getOrDefault(part, 0L));
        if (!areRead) {
            more();
        }
        return areRead;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
