package org.callclear.app.archive;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.settlement.intake.JournalBarriers;
import org.callclear.settlement.period.Opening;
import org.callclear.settlement.period.Period;

/** The log in Kafka, read by consumers without a group: no offset is committed. */
public final class KafkaSource implements RecordSource {
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int UNKNOWN = 404;

    private final KafkaAccess access;
    private final SchemaRegistryClient registry;
    private final KafkaConsumer<byte[], byte[]> committed;
    private final KafkaConsumer<byte[], byte[]> written;
    private final Map<Integer, Optional<Schema>> schemas = new HashMap<>();

    /**
     * @param access of a party that may read all of it: the administration
     * @param registry where the schemas are
     */
    public KafkaSource(KafkaAccess access, SchemaRegistryClient registry) {
        this.access = access;
        this.registry = registry;
        this.committed = consumer(access, "read_committed");
        this.written = consumer(access, "read_uncommitted");
    }

    @Override
    public SortedSet<String> topics() {
        return asked(
                "the topics", () -> new TreeSet<>(committed.listTopics(WITHIN).keySet()));
    }

    @Override
    public SortedMap<Integer, Reach> reaches(String topic) {
        return asked(topic, () -> {
            List<TopicPartition> partitions = committed.partitionsFor(topic, WITHIN).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> begins = committed.beginningOffsets(partitions, WITHIN);
            Map<TopicPartition, Long> ends = committed.endOffsets(partitions, WITHIN);
            Map<TopicPartition, Long> last = written.endOffsets(partitions, WITHIN);
            SortedMap<Integer, Reach> reaches = new TreeMap<>();
            for (TopicPartition at : partitions) {
                reaches.put(at.partition(), new Reach(of(begins, at), of(ends, at), of(last, at)));
            }
            return reaches;
        });
    }

    private static long of(Map<TopicPartition, Long> offsets, TopicPartition at) {
        return offsets.getOrDefault(at, 0L);
    }

    @Override
    public List<Period> openPeriods() {
        return asked(
                "the journal",
                () -> new JournalBarriers(access, new RecordDeserializer(registry))
                        .openings().all().stream().map(Opening::period).toList());
    }

    @Override
    public void read(String topic, int partition, long from, long to, Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        TopicPartition at = new TopicPartition(topic, partition);
        asked(at.toString(), () -> {
            try {
                return taken(at, from, to, taker);
            } catch (OffsetOutOfRangeException e) {
                // Retention was faster than we.
                throw new ArchiveException(
                        topic + " partition " + partition + ": is to be read from offset "
                                + e.offsetOutOfRangePartitions().get(at) + ", and the first offset there is "
                                + of(committed.beginningOffsets(List.of(at), WITHIN), at),
                        e);
            }
        });
    }

    private boolean taken(TopicPartition at, long from, long to, Predicate<ConsumerRecord<byte[], byte[]>> taker) {
        committed.assign(List.of(at));
        committed.seek(at, from);
        long position = from;
        long since = System.nanoTime();
        while (position < to) {
            for (ConsumerRecord<byte[], byte[]> record : committed.poll(POLL)) {
                if (record.offset() >= to || !taker.test(record)) {
                    return true;
                }
            }
            long next = committed.position(at, WITHIN);
            if (next > position) {
                since = System.nanoTime();
            } else if (System.nanoTime() - since > WITHIN.toNanos()) {
                throw new ArchiveException(at + " cannot be read from offset " + position + " to " + to
                        + ": nothing came for " + WITHIN.toSeconds() + " s");
            }
            position = next;
        }
        return true;
    }

    @Override
    public Optional<Schema> schema(int id) {
        return schemas.computeIfAbsent(id, this::lookUp);
    }

    private Optional<Schema> lookUp(int id) {
        try {
            return Optional.of(((AvroSchema) registry.getSchemaById(id)).rawSchema());
        } catch (RestClientException e) {
            if (e.getStatus() == UNKNOWN) {
                return Optional.empty();
            }
            throw new ArchiveException("the schema registry does not give schema " + id + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ArchiveException("the schema registry cannot be asked for schema " + id + ": " + e, e);
        }
    }

    private static <T> T asked(String what, Supplier<T> question) {
        try {
            return question.get();
        } catch (KafkaException e) {
            throw new ArchiveException(what + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaAccess access, String isolation) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", "archive-" + isolation);
        settings.put("isolation.level", isolation);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("allow.auto.create.topics", false);
        settings.put("max.poll.records", 5_000);
        settings.put("fetch.max.bytes", 8 << 20);
        settings.put("max.partition.fetch.bytes", 8 << 20);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        try (committed) {
            written.close();
        }
    }
}
