package org.callclear.settlement;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;

/** Looks whether everything is there that settlement needs, so that what is missing is said at the start. */
final class Preflight {
    private static final long PATIENCE_SECONDS = 20;
    private static final List<Topic> NEEDED = List.of(
            Topic.SETTLEMENT_JOURNAL,
            Topic.CDR_REJECTED,
            Topic.RECONCILED_CALLS,
            Topic.DISPUTES,
            Topic.CALL_ATTEMPTS,
            Topic.POSTINGS,
            Topic.POSITIONS,
            Topic.STATEMENT_DRAFTS,
            Topic.COMMANDS,
            Topic.COMMAND_OUTCOMES,
            Topic.CARRIERS,
            Topic.CONTRACTS,
            Topic.RATE_DECKS);

    private Preflight() {}

    /** @throws IllegalStateException saying what is missing or out of reach */
    static void check(KafkaAccess access) {
        topics(access);
        schemas(access.registry());
    }

    private static void topics(KafkaAccess access) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", "settlement-preflight");
        try (Admin admin = Admin.create(settings)) {
            for (var described : admin.describeTopics(
                            NEEDED.stream().map(Topic::topic).toList())
                    .topicNameValues()
                    .entrySet()) {
                topic(described.getKey(), described.getValue());
            }
        }
    }

    private static void topic(String name, org.apache.kafka.common.KafkaFuture<?> described) {
        try {
            described.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while settlement started", e);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "topic " + name + ": cannot be used by settlement (run `topics apply`?): " + cause, cause);
        }
    }

    private static void schemas(SchemaRegistryClient registry) {
        Stream.concat(
                        NEEDED.stream().flatMap(topic -> topic.records().stream()),
                        Stream.concat(Topic.STATEMENTS.records().stream(), Catalogue.internalRecords().stream()))
                .distinct()
                .forEach(schema -> schema(registry, schema));
    }

    private static void schema(SchemaRegistryClient registry, Schema schema) {
        try {
            registry.getId(schema.getFullName(), new AvroSchema(schema));
        } catch (IOException | RestClientException e) {
            throw new IllegalStateException(
                    "schema " + schema.getFullName() + ": not known to the registry (run `topics apply`?): "
                            + e.getMessage(),
                    e);
        }
    }
}
