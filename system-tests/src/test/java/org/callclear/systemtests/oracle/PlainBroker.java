package org.callclear.systemtests.oracle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.callclear.systemtests.FreePort;

/** A real broker in this process, on the loopback address, for whoever asks: what it guards is not what is tested here. */
final class PlainBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private PlainBroker(KafkaRaftServer server, String bootstrapServers) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /** Formats a new directory, and starts; on return clients are served. */
    static PlainBroker start(Path directory) {
        String address = HOST + ":" + FreePort.any();
        Properties settings = settings(address, HOST + ":" + FreePort.any(), directory.resolve("kafka"));
        format(settings, directory.resolve("broker.properties"));
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        server.startup();
        return new PlainBroker(server, address);
    }

    /** Settings that every client needs. */
    Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", bootstrapServers);
    }

    private static Properties settings(String address, String controller, Path logs) {
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("controller.quorum.voters", "1@" + controller);
        p.setProperty("listeners", "PLAINTEXT://" + address + ",CONTROLLER://" + controller);
        p.setProperty("advertised.listeners", "PLAINTEXT://" + address);
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        p.setProperty("log.dirs", logs.toString());
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("initial.broker.registration.timeout.ms", "180000");
        p.setProperty("log.cleaner.enable", "false");
        p.putAll(oneNode());
        return p;
    }

    private static Properties oneNode() {
        Properties p = new Properties();
        for (String topic : new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            p.setProperty(topic + ".replication.factor", "1");
            p.setProperty(topic + ".num.partitions", "2");
        }
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("group.streams.initial.rebalance.delay.ms", "0");
        p.setProperty("group.streams.assignment.interval.ms", "0");
        p.setProperty("group.streams.min.heartbeat.interval.ms", "500");
        p.setProperty("group.streams.heartbeat.interval.ms", "500");
        p.setProperty("group.streams.min.session.timeout.ms", "10000");
        p.setProperty("group.streams.session.timeout.ms", "10000");
        return p;
    }

    private static void format(Properties settings, Path file) {
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] arguments = {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()};
        if (StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8)) != 0) {
            throw new IllegalStateException("cannot be formatted: " + said.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
