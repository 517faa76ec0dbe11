package org.callclear.schemas.wire;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's TLS with files that may be replaced while it runs. Kafka's own reads its key store once, so that a renewed
 * certificate needs a restart; this one looks at the files before each connection that it makes or takes, and reads them
 * again when they changed. Connections that stand are left alone. A key store that cannot be read leaves the one before
 * in use, with a line in the log; and so does one that others than its owner may read, for the private key is in it.
 */
public class ReloadingSslEngineFactory implements SslEngineFactory {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadingSslEngineFactory.class);

    private Map<String, ?> settings = Map.of();
    private @Nullable Loaded loaded;

    /** What was read, and what the files looked like just before. */
    private record Loaded(Map<String, FileMark> marks, DefaultSslEngineFactory kafka, Supplier<SSLContext> contexts) {}

    @Override
    public synchronized void configure(Map<String, ?> configs) {
        settings = configs;
        loaded = null;
        current();
    }

    private static Map<String, FileMark> marks(Map<String, ?> configs) {
        Map<String, FileMark> marks = new TreeMap<>();
        for (String key : Set.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG)) {
            if (configs.get(key) instanceof String file) {
                marks.put(key, FileMark.of(Path.of(file)));
            }
        }
        return marks;
    }

    /**
     * Where the context of each connection comes from.
     *
     * @param kafka has read the key store and the trust store
     */
    protected Supplier<SSLContext> contexts(DefaultSslEngineFactory kafka, Map<String, ?> configs) {
        return kafka::sslContext;
    }

    private synchronized Loaded current() {
        Map<String, FileMark> marks = marks(settings);
        Loaded before = loaded;
        if (before != null && before.marks().equals(marks)) {
            return before;
        }
        DefaultSslEngineFactory kafka = load(before, marks);
        Loaded fresh = new Loaded(marks, kafka, contexts(kafka, settings));
        loaded = fresh;
        return fresh;
    }

    private DefaultSslEngineFactory load(@Nullable Loaded before, Map<String, FileMark> marks) {
        DefaultSslEngineFactory kafka = new DefaultSslEngineFactory();
        try {
            requireOwnersAlone(marks);
            kafka.configure(settings);
            return kafka;
        } catch (KafkaException e) {
            if (before == null) {
                throw e;
            }
            LOG.warn("TLS files changed but cannot be used; what was read before stays in use: {}", e.getMessage());
            return before.kafka();
        }
    }

    private void requireOwnersAlone(Map<String, FileMark> marks) {
        String key = SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG;
        FileMark store = marks.getOrDefault(key, FileMark.NONE);
        if (!store.isOwnersAlone()) {
            throw new KafkaException(key + " " + settings.get(key) + ": rights are " + store.rights()
                    + ", must be for the owner only (chmod go=)");
        }
    }

    @Override
    public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
        Loaded now = current();
        return engine(
                now, peerHost, peerPort, now.kafka().createClientSslEngine(peerHost, peerPort, endpointIdentification));
    }

    @Override
    public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
        Loaded now = current();
        return engine(now, peerHost, peerPort, now.kafka().createServerSslEngine(peerHost, peerPort));
    }

    /** One like Kafka's, of the context that is to be. */
    private static SSLEngine engine(Loaded now, String peerHost, int peerPort, SSLEngine kafkas) {
        SSLEngine engine = now.contexts().get().createSSLEngine(peerHost, peerPort);
        engine.setUseClientMode(kafkas.getUseClientMode());
        engine.setSSLParameters(kafkas.getSSLParameters());
        return engine;
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
        return current().kafka().shouldBeRebuilt(nextConfigs);
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return SslConfigs.RECONFIGURABLE_CONFIGS;
    }

    @Override
    public KeyStore keystore() {
        return current().kafka().keystore();
    }

    @Override
    public KeyStore truststore() {
        return current().kafka().truststore();
    }

    /** Nothing is open. */
    @Override
    public void close() {}
}
