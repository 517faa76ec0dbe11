package org.callclear.schemas.wire;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's client, with two differences: it asks a silent registry again ({@link PatientRegistry}), and what it has
 * registered itself it does not look up. It keeps nothing open, so several may have the same one, and closing it does
 * nothing.
 *
 * <p>Safe for use by several threads. Whoever asks it something new waits for others who do.
 */
public final class RegistryClient extends CachedSchemaRegistryClient {
    private static final int SCHEMAS_CACHED = 1000;
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

    private final Map<Registered, Integer> registered = new ConcurrentHashMap<>();

    private record Registered(String subject, ParsedSchema schema) {}

    /** @param url the registry's base URL */
    public RegistryClient(String url) {
        this(new PatientRegistry(url, ANSWERS_WITHIN));
    }

    private RegistryClient(PatientRegistry rest) {
        super(rest, SCHEMAS_CACHED, List.of(new AvroSchemaProvider()), Map.of(), Map.of());
        rest.limit(ANSWERS_WITHIN);
    }

    @Override
    public int register(String subject, ParsedSchema schema) throws IOException, RestClientException {
        int id = super.register(subject, schema);
        registered.put(new Registered(subject, schema), id);
        return id;
    }

    @Override
    public int getId(String subject, ParsedSchema schema) throws IOException, RestClientException {
        @Nullable Integer id = registered.get(new Registered(subject, schema));
        return id == null ? super.getId(subject, schema) : id;
    }

    @Override
    public void close() {}
}
