package org.callclear.app.logview;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.jspecify.annotations.Nullable;

/** A consumer without a group: reads what is committed, commits nothing. For one thread. */
final class LogReader implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final SchemaRegistryClient registry;
    private final RecordDeserializer deserializer;
    private final Map<TopicPartition, Long> positions = new HashMap<>();

    LogReader(KafkaAccess access) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", "log-view");
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest"); // For what is deleted while it is read.
        settings.put("allow.auto.create.topics", false);
        settings.put("max.poll.records", 5_000);
        registry = access.registry();
        deserializer = new RecordDeserializer(registry);
        try {
            consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            Utils.closeQuietly(registry, "schema registry");
            throw e;
        }
    }

    /** Takes records as they stand on a topic. */
    @FunctionalInterface
    interface Taker {
        void take(ConsumerRecord<byte[], byte[]> record);
    }

    /**
     * Hands over what stands in partitions since an instant, up to what is committed now.
     *
     * @throws LogViewException when nothing comes for 30 s
     */
    void read(Collection<TopicPartition> partitions, Instant since, Taker taker) {
        Map<TopicPartition, Long> open = new HashMap<>(begin(partitions, since));
        long moved = System.nanoTime();
        while (!open.isEmpty()) {
            consumer.poll(POLL).forEach(record -> {
                Long end = open.get(new TopicPartition(record.topic(), record.partition()));
                if (end != null && record.offset() < end) {
                    taker.take(record);
                }
            });
            if (dropRead(open)) {
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > WITHIN.toNanos()) {
                throw new LogViewException(open.keySet().iterator().next() + " cannot be read: nothing came for "
                        + WITHIN.toSeconds() + " s");
            }
        }
    }

    /** Whether any partition has moved on; those that are read to their end are left out from now on. */
    private boolean dropRead(Map<TopicPartition, Long> open) {
        boolean[] moved = new boolean[1];
        open.entrySet().removeIf(entry -> {
            long position = consumer.position(entry.getKey(), WITHIN);
            Long before = positions.put(entry.getKey(), position);
            moved[0] |= before == null || position > before;
            boolean read = position >= entry.getValue();
            if (read) {
                consumer.pause(List.of(entry.getKey()));
            }
            return read;
        });
        return moved[0];
    }

    /** Goes to where each partition is to be read from. What is at its end already is not in the result. */
    private Map<TopicPartition, Long> begin(Collection<TopicPartition> partitions, Instant since) {
        consumer.assign(partitions);
        consumer.resume(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, WITHIN);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, Math.max(0, since.toEpochMilli())));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> starts = consumer.offsetsForTimes(times, WITHIN);
        Map<TopicPartition, Long> open = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp start = starts.get(partition);
            if (start != null && start.offset() < end) {
                consumer.seek(partition, start.offset());
                open.put(partition, end);
            } else {
                consumer.seek(partition, end);
            }
        });
        return open;
    }

    /** Goes to the end of partitions: what comes from now on. */
    void seekToEnd(Collection<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.endOffsets(partitions, WITHIN).forEach(consumer::seek);
    }

    /** Goes to the first record since an instant, or to the end where there is none. */
    void seek(Collection<TopicPartition> partitions, Instant since) {
        begin(partitions, since);
    }

    /** Hands over what comes, until the taker has had enough. */
    void follow(Predicate<ConsumerRecord<byte[], byte[]>> wantsMore) {
        while (true) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (!wantsMore.test(record)) {
                    return;
                }
            }
        }
    }

    /** A record as people see it. */
    LogRecord decode(Topic family, ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        @Nullable Reading reading = value == null ? null : deserializer.read(value);
        return new LogRecord(
                family,
                record.topic(),
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8),
                reading instanceof Reading.Read read ? read.value() : null,
                reading instanceof Reading.Unreadable unreadable ? unreadable.why() : "");
    }

    /** Reads bytes that stand in a record, such as one that was rejected. */
    Reading read(byte[] bytes) {
        return deserializer.read(bytes);
    }

    @Override
    public void close() {
        consumer.close();
        Utils.closeQuietly(registry, "schema registry");
    }
}
