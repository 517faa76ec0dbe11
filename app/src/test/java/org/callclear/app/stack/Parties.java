package org.callclear.app.stack;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;

/** The parties of these tests, and what each tries on Kafka with plain clients. */
final class Parties {
    static final CarrierId ACME = new CarrierId("acme");
    static final CarrierId ZENITH = new CarrierId("zenith");
    static final GatewayId ZENITH_1 = new GatewayId("zenith-1");
    static final GatewayId ZENITH_2 = new GatewayId("zenith-2");
    static final Directory DIRECTORY = new Directory(
            new TreeSet<>(List.of(ACME, ZENITH)), new TreeMap<>(Map.of(ZENITH_1, ZENITH, ZENITH_2, ZENITH)));
    static final Party SETUP = Party.of(Party.Kind.SETUP);
    static final Party ADMINISTRATION = Party.of(Party.Kind.ADMINISTRATION);

    private static final Duration LIMIT = Duration.ofSeconds(8);

    private Parties() {}

    /** Writes one record and waits for its acknowledgement. */
    static RecordMetadata write(Map<String, Object> client, String topic) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("max.block.ms", 4_000);
        settings.put("request.timeout.ms", 3_000);
        settings.put("delivery.timeout.ms", 4_000);
        settings.put("linger.ms", 0);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            return producer.send(new ProducerRecord<>(topic, "key", "bytes".getBytes(StandardCharsets.UTF_8)))
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Reads a whole topic without a group. */
    static Map<String, byte[]> readAll(Map<String, Object> client, String topic) {
        Map<String, byte[]> records = new HashMap<>();
        try (var consumer = consumer(client)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, LIMIT).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, LIMIT);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    records.put(record.key(), record.value());
                }
            }
        }
        return records;
    }

    /** Joins a group and asks once for records. */
    static void join(Map<String, Object> client, String group, String topic) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("group.id", group);
        try (var consumer = consumer(settings)) {
            consumer.subscribe(List.of(topic));
            long until = System.nanoTime() + LIMIT.toNanos();
            while (consumer.assignment().isEmpty()) {
                consumer.poll(Duration.ofMillis(100));
                if (System.nanoTime() > until) {
                    throw new IllegalStateException("no partition of " + topic + " for group " + group);
                }
            }
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("default.api.timeout.ms", 8_000);
        settings.put("request.timeout.ms", 4_000);
        settings.put("allow.auto.create.topics", false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
