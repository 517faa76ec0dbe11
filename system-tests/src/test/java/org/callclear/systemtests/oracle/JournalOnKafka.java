package org.callclear.systemtests.oracle;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Catalogue.TopicSpec;
import org.callclear.schemas.topics.Directory;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordSerializer;

/**
 * The journal's topic, and how far it has been read. Written without transactions, whose markers would take places between
 * its records: the positions on statements are those of the list it was written from.
 */
final class JournalOnKafka implements AutoCloseable {
    private static final String JOURNAL = Topic.SETTLEMENT_JOURNAL.topic();

    private final Admin admin;
    private final Producer<String, SpecificRecord> producer;
    private final int partitions;

    private JournalOnKafka(Admin admin, Producer<String, SpecificRecord> producer, int partitions) {
        this.admin = admin;
        this.producer = producer;
        this.partitions = partitions;
    }

    /** Makes the journal with so many partitions, and all that a settlement writes to. */
    static JournalOnKafka create(
            PlainBroker broker, SchemaRegistryClient registry, Directory directory, int partitions) {
        Map<String, Object> settings = new HashMap<>(broker.clientSettings());
        Admin admin = Admin.create(settings);
        List<NewTopic> topics = Catalogue.topics(directory).stream()
                .filter(spec ->
                        spec.family().writers().stream().anyMatch(writer -> writer.kind() == Party.Kind.SETTLEMENT))
                .map(spec -> topic(spec, spec.name().equals(JOURNAL) ? partitions : spec.partitions()))
                .toList();
        get(admin.createTopics(topics).all().toCompletionStage().toCompletableFuture());
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        // A broker that turns the very first request away, as the topic is new, and takes the second, would wait for
        // the
        // first for ever.
        settings.put("max.in.flight.requests.per.connection", 1);
        settings.put("linger.ms", 20);
        settings.put("batch.size", 1 << 17);
        var producer = new KafkaProducer<>(settings, new StringSerializer(), new RecordSerializer(registry));
        return new JournalOnKafka(admin, producer, partitions);
    }

    private static NewTopic topic(TopicSpec spec, int partitions) {
        return new NewTopic(spec.name(), partitions, (short) 1).configs(spec.config());
    }

    /** Appends to a partition. Returns when all is written. */
    void append(int partition, List<SpecificRecord> records) {
        List<Future<?>> sent = records.stream()
                .<Future<?>>map(record -> send(partition, record))
                .toList();
        sent.forEach(JournalOnKafka::get);
    }

    private Future<?> send(int partition, SpecificRecord record) {
        String key = Objects.requireNonNullElse(Journal.callId(record), "barrier");
        return producer.send(new ProducerRecord<>(JOURNAL, partition, key, record));
    }

    /** How many records of it a group is done with. */
    long readBy(String group) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(JOURNAL, partition))
                .toList();
        Map<String, ListStreamsGroupOffsetsSpec> asked =
                Map.of(group, new ListStreamsGroupOffsetsSpec().topicPartitions(all));
        Collection<OffsetAndMetadata> committed = get(admin.listStreamsGroupOffsets(asked)
                        .partitionsToOffsetAndMetadata(group)
                        .toCompletionStage()
                        .toCompletableFuture())
                .values();
        return committed.stream()
                .filter(Objects::nonNull)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
