package org.callclear.settlement.replay;

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
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.stages.RecordSerde;

/** Records as bytes that never leave this process: their schemas are in a registry that is in memory, too. */
final class LocalRecords {
    private LocalRecords() {}

    static Serde<SpecificRecord> serde() {
        SchemaRegistryClient registry = new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
        Stream.concat(
                        Arrays.stream(Topic.values()).flatMap(topic -> topic.records().stream()),
                        Catalogue.internalRecords().stream())
                .distinct()
                .forEach(schema -> register(registry, schema));
        return RecordSerde.of(registry);
    }

    private static void register(SchemaRegistryClient registry, Schema schema) {
        try {
            registry.register(schema.getFullName(), new AvroSchema(schema));
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException(schema.getFullName() + ": cannot be registered in memory", e);
        }
    }
}
