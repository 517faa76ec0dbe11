package org.callclear.bench.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.schemas.wire.RecordDeserializer;

/** Consumers of whole partitions, from their beginning, that see only what was committed. */
public final class Readers {
    private static final Duration POLL = Duration.ofMillis(50);

    private Readers() {}

    /** One that stands at the beginning of these partitions. */
    public static KafkaConsumer<String, SpecificRecord> open(String address, Collection<TopicPartition> partitions) {
        return open(address, partitions, new RecordDeserializer(MemoryRegistry.open()));
    }

    private static <T> KafkaConsumer<String, T> open(
            String address, Collection<TopicPartition> partitions, Deserializer<T> values) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", address);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("max.poll.records", 2_000);
        settings.put("receive.buffer.bytes", 1 << 20);
        settings.put("check.crcs", true);
        KafkaConsumer<String, T> consumer = new KafkaConsumer<>(settings, new StringDeserializer(), values);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /** All partitions of a topic. */
    public static List<TopicPartition> partitions(String address, String topic) {
        try (KafkaConsumer<String, SpecificRecord> consumer = open(address, List.of())) {
            return consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
        }
    }

    /** Where each of these partitions ends now. */
    public static Map<TopicPartition, Long> ends(String address, Collection<TopicPartition> partitions) {
        try (KafkaConsumer<String, SpecificRecord> consumer = open(address, partitions)) {
            return consumer.endOffsets(partitions);
        }
    }

    /** Hands over every record that stands in these partitions now. */
    public static void readAll(String address, Collection<TopicPartition> partitions, Consumer<SpecificRecord> to) {
        try (KafkaConsumer<String, SpecificRecord> consumer = open(address, partitions)) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!isAt(consumer, ends)) {
                consumer.poll(POLL).forEach(record -> to.accept(record.value()));
            }
        }
    }

    /**
     * Reads a topic through and keeps nothing, so that the system has it in its file cache: as it has the end of a log that
     * somebody follows, and as the next one to read it finds it whatever ran before.
     */
    public static void readThrough(String address, String topic) {
        List<TopicPartition> partitions = partitions(address, topic);
        try (KafkaConsumer<String, byte[]> consumer = open(address, partitions, new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!isAt(consumer, ends)) {
                consumer.poll(POLL);
            }
        }
    }

    private static boolean isAt(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
