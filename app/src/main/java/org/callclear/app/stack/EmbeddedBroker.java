package org.callclear.app.stack;

import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.callclear.schemas.wire.KafkaAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real broker (KRaft, controller and broker in one node) inside this process, on the loopback address, with client
 * certificates required and everything denied that no rule allows.
 */
final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String FOLDER = "kafka";

    private final KafkaRaftServer server;
    private final StackSettings stack;
    private final CompletableFuture<String> died;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedBroker(KafkaRaftServer server, StackSettings stack, CompletableFuture<String> died) {
        this.server = server;
        this.stack = stack;
        this.died = died;
    }

    /**
     * Formats the storage if it is new, and starts; on return clients are served.
     *
     * @param tls the identity of the principal {@code broker}
     * @throws StackException naming the file or address that is in the way
     */
    static EmbeddedBroker start(DataDirectory data, StackSettings stack, KafkaAccess.Tls tls) {
        LoopbackPorts.requireFree(stack.kafka(), "Kafka broker");
        LoopbackPorts.requireFree(stack.controller(), "Kafka controller");
        Properties settings = BrokerSettings.of(stack, data.resolve(FOLDER), tls);
        BrokerStorage.Found found = new BrokerStorage(data.resolve(FOLDER)).make(stack.clusterId(), settings);
        LOG.debug("broker storage {}: {}", data.resolve(FOLDER), found);
        KafkaExit exit = KafkaExit.listen();
        try {
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
            startOrStop(server);
            return new EmbeddedBroker(server, stack, exit.said());
        } catch (RuntimeException | Error e) {
            String why = exit.said().getNow(StackException.rootOf(e));
            throw new StackException(data.resolve(FOLDER) + ": the broker cannot start (" + why + ")", e);
        }
    }

    /** Whether the broker that ran there last was killed: then the next one recovers the log. */
    static boolean wasKilled(DataDirectory data) {
        return LogCheck.wasKilled(data.resolve(FOLDER));
    }

    private static void startOrStop(KafkaRaftServer server) {
        try {
            server.startup();
        } catch (RuntimeException | Error e) {
            try {
                server.shutdown();
            } catch (RuntimeException | Error late) {
                e.addSuppressed(late);
            }
            throw e;
        }
    }

    /** {@code host:port} for clients. */
    String bootstrapServers() {
        return LoopbackPorts.HOST + ":" + stack.kafka();
    }

    /** Done when the broker stopped by itself, for instance because its disk failed; with what it said. */
    CompletableFuture<String> died() {
        return died;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                server.shutdown();
                server.awaitShutdown();
            } catch (RuntimeException | Error e) {
                LOG.warn("the broker did not stop in order; it recovers at its next start", e);
            }
        }
    }
}
