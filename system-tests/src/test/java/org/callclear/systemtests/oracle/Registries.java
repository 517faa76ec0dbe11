package org.callclear.systemtests.oracle;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;

/** Schema registries in memory. */
final class Registries {
    private Registries() {}

    /** One that knows all records that there are. */
    static SchemaRegistryClient full() throws IOException, RestClientException {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        List<Schema> schemas = Stream.concat(
                        Stream.of(Topic.values()).flatMap(topic -> topic.records().stream()),
                        Catalogue.internalRecords().stream())
                .toList();
        for (Schema schema : schemas) {
            registry.register(schema.getFullName(), new AvroSchema(schema));
        }
        return registry;
    }
}
