package org.callclear.app.stack;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RegistryClient;

/**
 * Broker, schema registry, certificate authority and signing keys on one machine, kept in one directory. All
 * listen on 127.0.0.1 only. Whatever was acknowledged survives {@code kill -9}.
 */
public final class EmbeddedStack implements AutoCloseable {
    private final DataDirectory data;
    private final LocalTrust trust;
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final RegistryClient schemas;
    private final TrustKeeper keeper;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedStack(DataDirectory data, LocalTrust trust, EmbeddedBroker broker, EmbeddedRegistry registry) {
        this.data = data;
        this.trust = trust;
        this.broker = broker;
        this.registry = registry;
        this.schemas = new RegistryClient(registry.url());
        this.keeper = TrustKeeper.start(trust);
    }

    /**
     * Starts all; on return clients are served. The topics are the caller's to make
     * ({@link org.callclear.app.topics.TopicApplier}).
     *
     * @param path the data directory; made when it is not there
     * @param ports 0 for the remembered port or a free one
     * @param progress takes a line when a step begins
     * @throws StackException with one line that names the file or address in the way; nothing is left running
     */
    public static EmbeddedStack start(Path path, StackPorts ports, Consumer<String> progress) {
        return start(path, ports, Distribution.locate(), progress);
    }

    /** The same, with the registry of this distribution. */
    public static EmbeddedStack start(
            Path path, StackPorts ports, Distribution distribution, Consumer<String> progress) {
        DataDirectory data = DataDirectory.open(path);
        try {
            StackSettings settings = StackSettings.in(data, ports, new LoopbackPorts(RandomGenerator.getDefault()));
            return start(data, settings, distribution, progress);
        } catch (RuntimeException | Error e) {
            data.close();
            throw e;
        }
    }

    private static EmbeddedStack start(
            DataDirectory data, StackSettings settings, Distribution distribution, Consumer<String> progress) {
        progress.accept("schema registry: starting on " + LoopbackPorts.HOST + ":" + settings.registry());
        CompletableFuture<EmbeddedRegistry> registry = startRegistry(data, settings, distribution);
        try {
            LocalTrust trust = LocalTrust.in(data, Clock.systemUTC(), new SecureRandom());
            progress.accept("Kafka broker: starting on " + LoopbackPorts.HOST + ":" + settings.kafka());
            boolean killed = EmbeddedBroker.wasKilled(data);
            EmbeddedBroker broker = EmbeddedBroker.start(data, settings, trust.broker());
            if (killed) {
                progress.accept(
                        "Kafka broker: was not stopped in order the last time; its log was checked and recovered");
            }
            try {
                return new EmbeddedStack(data, trust, broker, await(registry));
            } catch (RuntimeException | Error e) {
                broker.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            registry.thenAccept(EmbeddedRegistry::close)
                    .exceptionally(e2 -> null)
                    .join();
            throw e;
        }
    }

    /** On a thread of its own, for it takes as long as the broker does. */
    private static CompletableFuture<EmbeddedRegistry> startRegistry(
            DataDirectory data, StackSettings settings, Distribution distribution) {
        return CompletableFuture.supplyAsync(
                () -> EmbeddedRegistry.start(data, settings.registry(), distribution), task -> {
                    Thread thread = new Thread(task, "registry-start");
                    thread.setDaemon(true);
                    thread.start();
                });
    }

    private static EmbeddedRegistry await(CompletableFuture<EmbeddedRegistry> registry) {
        try {
            return registry.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackException known
                    ? known
                    : new StackException("the schema registry cannot start: " + StackException.rootOf(e), e);
        }
    }

    /** {@code host:port} of the broker. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** The base URL of the registry's Confluent API. */
    public String registryUrl() {
        return registry.url();
    }

    /** A party's way in. Its certificate is made when it has none yet; what all have learnt of schemas they share. */
    public KafkaAccess accessFor(Party party) {
        return new KafkaAccess(bootstrapServers(), registryUrl(), trust.of(party), schemas);
    }

    /** The PKCS#12 file with the keys that sign tokens; there is an active key in it. */
    public Path tokenKeyStore() {
        return trust.tokenKeyStore();
    }

    /** The file with its password. */
    public Path tokenKeyPasswordFile() {
        return trust.tokenKeyPasswordFile();
    }

    /** The PKCS#12 file with the keys that sign statements; there is an active key in it. */
    public Path statementKeyStore() {
        return trust.statementKeyStore();
    }

    /** The file with its password. */
    public Path statementKeyPasswordFile() {
        return trust.statementKeyPasswordFile();
    }

    /** The data directory. */
    public Path data() {
        return data.root();
    }

    /** Done when the broker or the registry stopped by itself, with one line that says why; never by {@link #close}. */
    public CompletableFuture<String> died() {
        return CompletableFuture.anyOf(broker.died(), registry.died())
                .thenApply(String.class::cast)
                .thenCompose(why -> closed.get() ? new CompletableFuture<>() : CompletableFuture.completedFuture(why));
    }

    /** Stops all, in order. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            keeper.close();
            try (data) {
                registry.close();
            } finally {
                broker.close();
            }
        }
    }
}
