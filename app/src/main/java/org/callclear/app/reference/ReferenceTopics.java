package org.callclear.app.reference;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;

/** Reads the reference topics from beginning to end, once. */
public final class ReferenceTopics {
    private static final List<Topic> TOPICS =
            List.of(Topic.CARRIERS, Topic.GATEWAYS, Topic.CONTRACTS, Topic.RATE_DECKS, Topic.LIMITS);
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private ReferenceTopics() {}

    /**
     * What has been committed to the topics. A topic that is not there yet holds nothing.
     *
     * @throws ReferenceException when they cannot be read to the end, or hold what is no record of ours
     */
    public static ReferenceData read(KafkaAccess access) {
        Gathering gathering = new Gathering(ReferenceData.empty());
        RecordDeserializer deserializer = new RecordDeserializer(access.registry());
        DeckRecords decks = new DeckRecords(record -> value(deserializer, record));
        try (KafkaConsumer<String, byte[]> consumer = consumer(access)) {
            readAll(consumer, record -> {
                if (record.topic().equals(Topic.RATE_DECKS.topic())) {
                    decks.put(record);
                } else if (record.value() == null) {
                    gathering.forget(record.topic(), record.key());
                } else {
                    gathering.take(value(deserializer, record));
                }
            });
        } catch (KafkaException e) {
            throw new ReferenceException(
                    "the reference topics on " + access.bootstrapServers() + " cannot be read: " + e.getMessage(), e);
        }
        decks.readInto(gathering);
        return gathering.result();
    }

    private static SpecificRecord value(RecordDeserializer deserializer, ConsumerRecord<String, byte[]> record) {
        return switch (deserializer.read(record.value())) {
            case Reading.Read read -> read.value();
            case Reading.Unreadable unreadable ->
                throw new ReferenceException(
                        "topic " + record.topic() + ", offset " + record.offset() + ": " + unreadable.why());
        };
    }

    private static void readAll(KafkaConsumer<String, byte[]> consumer, Consumer<ConsumerRecord<String, byte[]>> take) {
        long until = System.nanoTime() + WITHIN.toNanos();
        Set<String> there = consumer.listTopics(WITHIN).keySet();
        List<TopicPartition> partitions = TOPICS.stream()
                .map(Topic::topic)
                .filter(there::contains)
                .flatMap(topic -> consumer.partitionsFor(topic, WITHIN).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, WITHIN);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(200)).forEach(take);
            if (System.nanoTime() - until > 0) {
                throw new ReferenceException("the reference topics could not be read to their end within "
                        + WITHIN.toSeconds() + " s: "
                        + ends.keySet().stream().map(TopicPartition::topic).collect(Collectors.joining(", ")));
            }
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(KafkaAccess access) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", "reference-reader");
        settings.put("isolation.level", "read_committed");
        settings.put("fetch.max.wait.ms", 50); // it cannot be closed before its last question is answered
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
