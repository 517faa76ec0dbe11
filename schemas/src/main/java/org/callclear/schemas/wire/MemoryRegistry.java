package org.callclear.schemas.wire;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;

/**
 * A schema registry in memory that knows every record, for bytes that never leave a machine's processes: replays, benchmarks
 * and tests. Ids are the same in every process of one release, as schemas are registered in one order.
 */
public final class MemoryRegistry {
    private MemoryRegistry() {}

    /** A fresh one. */
    public static SchemaRegistryClient open() {
        SchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
        Stream.concat(
                        Arrays.stream(Topic.values()).flatMap(topic -> topic.records().stream()),
                        Catalogue.internalRecords().stream())
                .distinct()
                .forEach(schema -> register(registry, schema));
        return registry;
    }

    private static void register(SchemaRegistryClient registry, Schema schema) {
        try {
            registry.register(schema.getFullName(), new AvroSchema(schema));
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException(schema.getFullName() + ": cannot be registered in memory", e);
        }
    }
}
