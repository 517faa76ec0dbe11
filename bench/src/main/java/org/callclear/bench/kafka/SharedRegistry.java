package org.callclear.bench.kafka;

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

/** A registry in memory that knows every record, under the same ids in every process: they are registered in one order. */
public final class SharedRegistry {
    private SharedRegistry() {}

    /** One for this process. */
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
            throw new IllegalStateException(schema.getFullName() + ": cannot be registered", e);
        }
    }
}
