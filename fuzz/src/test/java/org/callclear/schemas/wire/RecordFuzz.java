package org.callclear.schemas.wire;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.avro.Schema;
import org.callclear.fuzz.Cost;
import org.callclear.fuzz.Holds;
import org.callclear.fuzz.Swollen;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer.Reading;

/**
 * A record's bytes from whoever may write to a topic, of any schema there is or was: they are a record, whole, that
 * writes back as an equal one, or they are unreadable; and reading them takes no more than they are.
 */
public final class RecordFuzz {
    private static final int LONGEST = 100_000;
    private static final SchemaRegistryClient REGISTRY = registry();
    private static final RecordDeserializer READER = new RecordDeserializer(REGISTRY);
    private static final RecordSerializer WRITER = new RecordSerializer(REGISTRY);

    private RecordFuzz() {}

    /** The value of a record in Kafka. */
    public static void fuzzerTestOneInput(byte[] data) {
        byte[] bytes = Swollen.of(data, LONGEST);
        switch (Cost.bounded(bytes.length, () -> READER.read(bytes))) {
            case Reading.Unreadable unreadable ->
                Holds.that(unreadable.why().length() < 300, "a fault that quotes too much");
            case Reading.Read read -> {
                byte[] written = WRITER.serialize("topic", read.value());
                // By their bytes: Avro cannot compare lists of records with an instant that may be missing.
                Holds.that(
                        READER.read(written) instanceof Reading.Read again
                                && Arrays.equals(written, WRITER.serialize("topic", again.value())),
                        () -> "became another record: " + read.value());
            }
        }
    }

    /** All records, by full name, those that stand in no topic by themselves included. */
    static Map<String, Schema> schemas() {
        Map<String, Schema> schemas = new TreeMap<>();
        Stream.concat(
                        Stream.of(Topic.values()).flatMap(topic -> topic.records().stream()),
                        Catalogue.internalRecords().stream())
                .forEach(schema -> schemas.put(schema.getFullName(), schema));
        return schemas;
    }

    /** Stays the same whatever records are added, so that seeds keep their meaning. */
    static int id(String fullName) {
        CRC32C crc = new CRC32C();
        crc.update(fullName.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() & 0xFFFF) + 1;
    }

    static int olderId(String fullName) {
        return id(fullName) | 0x10000;
    }

    static SchemaRegistryClient registry() {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        try {
            for (Map.Entry<String, Schema> schema : schemas().entrySet()) {
                String name = schema.getKey();
                registry.register(name, new AvroSchema(schema.getValue()), 2, id(name));
                Schema older = older(schema.getValue());
                if (older.getFields().size() < schema.getValue().getFields().size()) {
                    registry.register(name, new AvroSchema(older), 1, olderId(name));
                }
            }
            return registry;
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The record before any field with a default was added. */
    static Schema older(Schema schema) {
        List<Schema.Field> fields = schema.getFields().stream()
                .filter(field -> !field.hasDefaultValue())
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }
}
