package org.callclear.schemas.wire;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a party reaches Kafka and the registry.
 *
 * @param bootstrapServers {@code host:port}, comma-separated
 * @param registryUrl the Confluent-compatible registry's base URL
 * @param tls the party's certificate and key; null only against a broker without TLS, in tests
 * @param shared a client of the registry that this party has with others; null for one of its own each time. What one
 *     of them asks others wait for: it is for parties of one process whose registry ends with it
 */
public record KafkaAccess(
        String bootstrapServers,
        String registryUrl,
        @Nullable Tls tls,
        @Nullable SchemaRegistryClient shared) {
    /**
     * PEM files.
     *
     * @param trusted the authority's certificate
     * @param identity the party's private key (PKCS#8) and its certificate chain, in one file with owner-only rights
     */
    public record Tls(Path trusted, Path identity) {}

    /** @throws IllegalArgumentException when an address is missing */
    public KafkaAccess {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("bootstrapServers: must not be empty");
        }
        if (registryUrl.isBlank()) {
            throw new IllegalArgumentException("registryUrl: must not be empty");
        }
    }

    /** For a party that has clients of the registry of its own. */
    public KafkaAccess(String bootstrapServers, String registryUrl, @Nullable Tls tls) {
        this(bootstrapServers, registryUrl, tls, null);
    }

    /** Settings every Kafka client needs: where, and as whom. */
    public Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        if (tls != null) {
            settings.put("security.protocol", "SSL");
            settings.put("ssl.engine.factory.class", ReloadingSslEngineFactory.class.getName());
            settings.put("ssl.truststore.type", "PEM");
            settings.put("ssl.truststore.location", tls.trusted().toString());
            settings.put("ssl.keystore.type", "PEM");
            settings.put("ssl.keystore.location", tls.identity().toString());
        }
        return settings;
    }

    /** A client of the registry that caches what it has learnt; may be closed by whoever asked for it. */
    public SchemaRegistryClient registry() {
        return shared == null ? new RegistryClient(registryUrl) : shared;
    }
}
