package org.callclear.app.stack;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.callclear.schemas.wire.ReloadingSslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * A broker's TLS that knows revoked certificates ({@code ssl.engine.factory.class}); Kafka's own has no setting for a
 * list of them. Each connection has a context of its own, so that no session can be resumed: Java checks no certificate
 * when one is, and a ticket from before somebody was revoked would still open the door.
 */
public final class RevocationSslEngineFactory extends ReloadingSslEngineFactory {
    /** The broker setting that names the list of revoked certificates (a CRL in PEM or DER). */
    public static final String CRL_LOCATION = "callclear.ssl.crl.location";

    private @Nullable CrlFile revoked;

    /** For Kafka, which makes it by its name. */
    public RevocationSslEngineFactory() {}

    @Override
    public synchronized void configure(Map<String, ?> configs) {
        if (!(configs.get(CRL_LOCATION) instanceof String file) || file.isBlank()) {
            throw new ConfigException(CRL_LOCATION, configs.get(CRL_LOCATION), "must name the file with the CRL");
        }
        revoked = new CrlFile(Path.of(file), InstantSource.system());
        super.configure(configs);
    }

    private CrlFile revoked() {
        if (revoked == null) {
            throw new IllegalStateException("not configured");
        }
        return revoked;
    }

    @Override
    protected Supplier<SSLContext> contexts(DefaultSslEngineFactory kafka, Map<String, ?> configs) {
        try {
            String protocol = String.valueOf(configs.get(SslConfigs.SSL_PROTOCOL_CONFIG));
            KeyManager[] keys = keys(kafka, configs);
            TrustManager[] trust = {new RevocationTrust(kafka.truststore(), revoked())};
            return () -> context(protocol, keys, trust);
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private static SSLContext context(String protocol, KeyManager[] keys, TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance(protocol);
            context.init(keys, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private static KafkaException unusable(GeneralSecurityException e) {
        return new KafkaException("TLS cannot be set up: " + e.getMessage(), e);
    }

    private static KeyManager[] keys(DefaultSslEngineFactory kafka, Map<String, ?> configs)
            throws GeneralSecurityException {
        char[] password = configs.get(SslConfigs.SSL_KEY_PASSWORD_CONFIG) instanceof Password given
                ? given.value().toCharArray()
                : null;
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(kafka.keystore(), password);
        return factory.getKeyManagers();
    }
}
