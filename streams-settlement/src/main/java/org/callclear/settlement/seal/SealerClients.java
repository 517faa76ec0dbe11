package org.callclear.settlement.seal;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Upkeep;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordSerializer;

/** Kafka clients with the settings that sealing exactly once needs. */
final class SealerClients {
    private static final int ROOM_FOR_A_SEAL = 1 << 20;

    private final KafkaAccess access;

    SealerClients(KafkaAccess access) {
        this.access = access;
    }

    RecordDeserializer deserializer() {
        return new RecordDeserializer(access.registry());
    }

    /** Of the group of which one member at a time has the drafts. */
    Consumer<byte[], byte[]> drafts() {
        Map<String, Object> settings = reading("read_committed");
        settings.put("client.id", Catalogue.SEAL_GROUP);
        settings.put("group.id", Catalogue.SEAL_GROUP);
        settings.put("fetch.max.wait.ms", 100);
        // The classic protocol lets the client say how soon a dead instance's drafts go to another.
        settings.put("session.timeout.ms", 10_000);
        settings.put("heartbeat.interval.ms", 3_000);
        return consumer(settings);
    }

    /** Of no group, for partitions that are assigned. */
    Consumer<byte[], byte[]> reader(String isolation) {
        Map<String, Object> settings = reading(isolation);
        settings.put("client.id", Catalogue.SEAL_GROUP + "-reader");
        settings.put("max.poll.records", 5_000);
        settings.put("max.partition.fetch.bytes", 4 << 20);
        settings.put("receive.buffer.bytes", 1 << 20);
        return consumer(settings);
    }

    private Map<String, Object> reading(String isolation) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("isolation.level", isolation);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        return settings;
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** One name for all instances: whoever seals ends what the one before left open. */
    Producer<String, SpecificRecord> producer() {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", Catalogue.SEAL_GROUP);
        settings.put("transactional.id", Catalogue.SEAL_GROUP);
        settings.put("transaction.timeout.ms", 60_000);
        settings.put("acks", "all");
        settings.put("compression.type", "gzip");
        settings.put("max.request.size", Upkeep.LARGEST_DOCUMENT + ROOM_FOR_A_SEAL);
        settings.put("delivery.timeout.ms", 30_000);
        settings.put("request.timeout.ms", 10_000);
        settings.put("max.block.ms", 30_000);
        return new KafkaProducer<>(settings, new StringSerializer(), new RecordSerializer(access.registry()));
    }
}
