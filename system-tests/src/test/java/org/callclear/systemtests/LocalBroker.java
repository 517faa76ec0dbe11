package org.callclear.systemtests;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Time;
import org.callclear.schemas.topics.Catalogue;

/**
 * A broker in this process with all topics of {@link World#DIRECTORY}, open to everybody, that soon gives up whoever was
 * killed: a member of a group after 5 s, a transaction half a second after its time.
 */
final class LocalBroker implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final KafkaRaftServer server;
    private final String address;

    private LocalBroker(KafkaRaftServer server, String address) {
        this.server = server;
        this.address = address;
    }

    static LocalBroker start(Path folder) throws Exception {
        String address = "127.0.0.1:" + FreePort.any();
        Properties settings = settings(folder, address);
        format(folder, settings);
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        server.startup();
        LocalBroker broker = new LocalBroker(server, address);
        broker.makeTopics();
        return broker;
    }

    /** {@code host:port} for clients. */
    String address() {
        return address;
    }

    private void makeTopics() throws Exception {
        List<NewTopic> topics = Catalogue.topics(World.DIRECTORY).stream()
                .map(spec -> new NewTopic(spec.name(), spec.partitions(), (short) 1).configs(spec.config()))
                .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            admin.createTopics(topics).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Properties settings(Path folder, String address) throws IOException {
        String controller = "127.0.0.1:" + FreePort.any();
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + controller,
                "listeners", "PARTIES://" + address + ",CONTROLLER://" + controller,
                "advertised.listeners", "PARTIES://" + address,
                "controller.listener.names", "CONTROLLER",
                "inter.broker.listener.name", "PARTIES",
                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PARTIES:PLAINTEXT",
                "log.dirs", folder.toString(),
                "auto.create.topics.enable", "false"));
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "1");
        }
        settings.putAll(Map.of(
                "initial.broker.registration.timeout.ms", "180000",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", "500",
                "group.streams.initial.rebalance.delay.ms", "0",
                "group.streams.assignment.interval.ms", "0",
                "group.streams.min.heartbeat.interval.ms", "500",
                "group.streams.heartbeat.interval.ms", "500",
                "group.streams.min.session.timeout.ms", "5000",
                "group.streams.session.timeout.ms", "5000"));
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        return settings;
    }

    private static void format(Path folder, Properties settings) throws IOException {
        Path file = folder.resolveSibling("broker.properties");
        try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            settings.store(writer, null);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] arguments = {"format", "--cluster-id", "Y2FsbGNsZWFyLXRlc3RzMQ", "--config", file.toString()};
        if (StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8)) != 0) {
            throw new IllegalStateException(said.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
