package org.callclear.app.replaying;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.settlement.replay.JournalLog;
import org.callclear.settlement.stages.RecordSerde;

/**
 * The journal on Kafka, as it is committed. Each reading has a consumer of its own, which is assigned its partition, belongs to
 * no group and commits nothing: whoever settles does not notice.
 */
public final class KafkaJournal implements JournalLog {
    private static final String TOPIC = Topic.SETTLEMENT_JOURNAL.topic();
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final KafkaAccess access;
    private final Deserializer<SpecificRecord> records;
    private final Map<TopicPartition, Long> begins;
    private final Map<TopicPartition, Long> ends;

    private KafkaJournal(
            KafkaAccess access,
            SchemaRegistryClient registry,
            Map<TopicPartition, Long> begins,
            Map<TopicPartition, Long> ends) {
        this.access = access;
        this.records = RecordSerde.of(registry).deserializer();
        this.begins = begins;
        this.ends = ends;
    }

    /**
     * The journal as it is now; what comes later is not part of it.
     *
     * @param access of a party that may read the journal
     * @throws IOException when the cluster does not answer, or has no journal
     */
    public static KafkaJournal now(KafkaAccess access) throws IOException {
        return now(access, access.registry());
    }

    /** The same, with schemas from another registry. */
    public static KafkaJournal now(KafkaAccess access, SchemaRegistryClient registry) throws IOException {
        try (Consumer<byte[], byte[]> consumer = consumer(access)) {
            List<TopicPartition> partitions = IntStream.range(
                            0, consumer.partitionsFor(TOPIC, ANSWERS_WITHIN).size())
                    .mapToObj(KafkaJournal::partition)
                    .toList();
            if (partitions.isEmpty()) {
                throw new IOException(TOPIC + ": there is no such topic on " + access.bootstrapServers());
            }
            return new KafkaJournal(
                    access,
                    registry,
                    new HashMap<>(consumer.beginningOffsets(partitions, ANSWERS_WITHIN)),
                    new HashMap<>(consumer.endOffsets(partitions, ANSWERS_WITHIN)));
        } catch (KafkaException e) {
            throw new IOException(TOPIC + " on " + access.bootstrapServers() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition(TOPIC, number);
    }

    private static Consumer<byte[], byte[]> consumer(KafkaAccess access) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", "audit-replay");
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("allow.auto.create.topics", false);
        settings.put("max.poll.records", 5_000);
        settings.put("max.partition.fetch.bytes", 4 << 20);
        settings.put("receive.buffer.bytes", 1 << 20);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public int partitions() {
        return ends.size();
    }

    @Override
    public long begin(int partition) {
        return begins.getOrDefault(partition(partition), 0L);
    }

    @Override
    public long end(int partition) {
        return ends.getOrDefault(partition(partition), 0L);
    }

    @Override
    public void read(int partition, long from, long to, Reader reader) throws IOException {
        TopicPartition journal = partition(partition);
        try (Consumer<byte[], byte[]> consumer = consumer(access)) {
            consumer.assign(List.of(journal));
            consumer.seek(journal, from);
            long stalledAt = System.nanoTime() + STALLED_NANOS;
            for (long position = from; position < to; position = consumer.position(journal)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < to) {
                        reader.take(record.offset(), record.timestamp(), value(record));
                    }
                }
                if (Thread.interrupted()) {
                    throw new IOException(place(partition, position) + ": interrupted");
                }
                if (consumer.position(journal) > position) {
                    stalledAt = System.nanoTime() + STALLED_NANOS;
                } else if (System.nanoTime() - stalledAt > 0) {
                    throw new IOException(place(partition, position) + ": nothing came for "
                            + TimeUnit.NANOSECONDS.toSeconds(STALLED_NANOS) + " s");
                }
            }
        } catch (KafkaException e) {
            throw new IOException(TOPIC + " partition " + partition + " cannot be read: " + e.getMessage(), e);
        }
    }

    private SpecificRecord value(ConsumerRecord<byte[], byte[]> record) throws IOException {
        try {
            return records.deserialize(TOPIC, record.value());
        } catch (SerializationException e) {
            throw new IOException(place(record.partition(), record.offset()) + ": " + e.getMessage(), e);
        }
    }

    private static String place(int partition, long offset) {
        return TOPIC + " partition " + partition + " offset " + offset;
    }
}
