package org.callclear.settlement.intake;

import java.util.Map;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordSerializer;

/** Kafka clients with the settings that exactly-once intake needs. */
final class IntakeClients {
    /** All carriers' reports, whoever comes and goes, and the commands. */
    static final Pattern SOURCES =
            Pattern.compile(Topic.CDRS.pattern().pattern() + "|" + Pattern.quote(Topic.COMMANDS.topic()));

    private final KafkaAccess access;
    private final String name;

    IntakeClients(KafkaAccess access, String instance) {
        this.access = access;
        this.name = Catalogue.INTAKE_GROUP + "-" + instance;
    }

    Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", name);
        settings.put("group.id", Catalogue.INTAKE_GROUP);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        settings.put("max.poll.records", 2_000);
        // Each batch is a transaction, with state, offsets and markers of its own: a few reports wait for more.
        settings.put("fetch.min.bytes", 256 << 10);
        settings.put("fetch.max.wait.ms", 250);
        settings.put("receive.buffer.bytes", 1 << 20);
        // The classic protocol lets the client say how soon a dead instance's partitions go to another.
        settings.put("session.timeout.ms", 10_000);
        settings.put("heartbeat.interval.ms", 3_000);
        // A new carrier's topic is noticed at the next look at the metadata.
        settings.put("metadata.max.age.ms", 3_000);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    Producer<String, SpecificRecord> producer() {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", name);
        settings.put("transactional.id", name);
        settings.put("transaction.timeout.ms", 15_000);
        settings.put("acks", "all");
        settings.put("linger.ms", 5);
        settings.put("batch.size", 128 * 1024);
        settings.put("max.request.size", 2 << 20);
        settings.put("delivery.timeout.ms", 15_000);
        settings.put("request.timeout.ms", 5_000);
        settings.put("max.block.ms", 15_000);
        return new KafkaProducer<>(settings, new StringSerializer(), new RecordSerializer(access.registry()));
    }
}
