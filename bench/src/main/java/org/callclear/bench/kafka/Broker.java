package org.callclear.bench.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.callclear.bench.child.JavaChild;

/** A broker (KRaft, one node) in a process and heap of its own, on the loopback address without TLS. */
public final class Broker implements AutoCloseable {
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final String CLUSTER = "Y2FsbGNsZWFyLWJlbmNoMQ";

    private final JavaChild process;
    private final String address;

    private Broker(JavaChild process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Formats a new storage and starts on it.
     *
     * @param folder for its records, made here
     * @param heap its heap, as Java's -Xmx has it
     */
    public static Broker start(Path folder, String heap) {
        String address = "127.0.0.1:" + freePort();
        Path file = settings(folder, address);
        Path said = folder.resolveSibling("broker.out");
        JavaChild.start(
                        said,
                        List.of("-Xmx256m"),
                        "kafka.tools.StorageTool",
                        List.of("format", "--cluster-id", CLUSTER, "--config", file.toString()))
                .finish(START_WITHIN.toSeconds());
        JavaChild process = JavaChild.start(
                said, List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+UseG1GC"), "kafka.Kafka", List.of(file.toString()));
        Broker broker = new Broker(process, address);
        broker.awaitServing();
        return broker;
    }

    /** {@code host:port} for clients. */
    public String address() {
        return address;
    }

    /** Its process id. */
    public long id() {
        return process.id();
    }

    private void awaitServing() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.describeCluster().nodes().get(START_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            String tail = process.tail();
            close();
            throw new IllegalStateException("the broker does not serve: " + tail, e);
        }
    }

    private static Path settings(Path folder, String address) {
        Properties p = new Properties();
        p.putAll(node(folder, address));
        p.putAll(small());
        Path file = folder.resolveSibling("broker.properties");
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            p.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
        return file;
    }

    private static Map<String, String> node(Path folder, String address) {
        String controller = "127.0.0.1:" + freePort();
        return Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + controller,
                "listeners", "PARTIES://" + address + ",CONTROLLER://" + controller,
                "advertised.listeners", "PARTIES://" + address,
                "controller.listener.names", "CONTROLLER",
                "inter.broker.listener.name", "PARTIES",
                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PARTIES:PLAINTEXT",
                "log.dirs", folder.toString(),
                "auto.create.topics.enable", "false");
    }

    /** As the embedded stack of the product has them. */
    private static Map<String, String> small() {
        Properties p = new Properties();
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            p.setProperty(topic + ".replication.factor", "1");
            p.setProperty(topic + ".num.partitions", "4");
        }
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("group.streams.initial.rebalance.delay.ms", "0");
        p.setProperty("group.streams.assignment.interval.ms", "0");
        p.setProperty("group.streams.min.heartbeat.interval.ms", "500");
        p.setProperty("group.streams.heartbeat.interval.ms", "500");
        p.setProperty("group.streams.min.session.timeout.ms", "10000");
        p.setProperty("group.streams.session.timeout.ms", "10000");
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("log.cleaner.dedupe.buffer.size", "8388608");
        // Where a virtual machine gives unused memory back, the next pass would pay for getting it again.
        p.setProperty("log.segment.delete.delay.ms", "100");
        Map<String, String> settings = new java.util.TreeMap<>();
        p.stringPropertyNames().forEach(name -> settings.put(name, p.getProperty(name)));
        return settings;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
