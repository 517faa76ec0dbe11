package org.callclear.app.stack;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;

/** What the broker is told: one node, TLS with client certificates on every listener, all denied that no rule allows. */
final class BrokerSettings {
    /** The broker's own principal. */
    static final String BROKER = "broker";

    static final int NODE_ID = 1;

    private BrokerSettings() {}

    /**
     * The settings as Kafka names them.
     *
     * @param logDirectory where it keeps its records
     * @param tls the broker's identity
     */
    static Properties of(StackSettings stack, Path logDirectory, KafkaAccess.Tls tls) {
        Properties p = new Properties();
        p.putAll(listeners(stack));
        p.putAll(security(tls));
        p.putAll(oneNode());
        p.setProperty("log.dirs", logDirectory.toString());
        return p;
    }

    private static Properties listeners(StackSettings stack) {
        String parties = "PARTIES://" + LoopbackPorts.HOST + ":" + stack.kafka();
        String controller = LoopbackPorts.HOST + ":" + stack.controller();
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", Integer.toString(NODE_ID));
        p.setProperty("controller.quorum.voters", NODE_ID + "@" + controller);
        p.setProperty("listeners", parties + ",CONTROLLER://" + controller);
        p.setProperty("advertised.listeners", parties);
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("inter.broker.listener.name", "PARTIES");
        p.setProperty("listener.security.protocol.map", "CONTROLLER:SSL,PARTIES:SSL");
        return p;
    }

    private static Properties security(KafkaAccess.Tls tls) {
        Properties p = new Properties();
        p.setProperty("ssl.client.auth", "required");
        p.setProperty("ssl.truststore.type", "PEM");
        p.setProperty("ssl.truststore.location", tls.trusted().toString());
        p.setProperty("ssl.keystore.type", "PEM");
        p.setProperty("ssl.keystore.location", tls.identity().toString());
        p.setProperty("ssl.enabled.protocols", "TLSv1.3");
        p.setProperty("ssl.protocol", "TLSv1.3");
        p.setProperty("ssl.engine.factory.class", RevocationSslEngineFactory.class.getName());
        p.setProperty(
                RevocationSslEngineFactory.CRL_LOCATION,
                tls.trusted().resolveSibling("crl.pem").toString());
        p.setProperty("ssl.principal.mapping.rules", Principals.RULES);
        p.setProperty("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        p.setProperty("allow.everyone.if.no.acl.found", "false");
        p.setProperty("super.users", superUsers());
        return p;
    }

    /** Beside the broker only the one that makes topics and rules, on a cluster that has none yet. */
    private static String superUsers() {
        return Stream.concat(
                        Stream.of(BROKER),
                        Arrays.stream(Party.Kind.values())
                                .filter(Party.Kind::isSuperUser)
                                .map(Party.Kind::word))
                .map(name -> "User:" + name)
                .collect(Collectors.joining(";"));
    }

    private static Properties oneNode() {
        Properties p = new Properties();
        // A busy machine may need longer than Kafka's minute; to give up then would end the process.
        p.setProperty("initial.broker.registration.timeout.ms", "180000");
        p.setProperty("default.replication.factor", "1");
        p.setProperty("min.insync.replicas", "1");
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("offsets.topic.num.partitions", "4");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("transaction.state.log.num.partitions", "4");
        p.setProperty("share.coordinator.state.topic.replication.factor", "1");
        p.setProperty("share.coordinator.state.topic.min.isr", "1");
        p.setProperty("share.coordinator.state.topic.num.partitions", "1");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
        p.putAll(streamsGroups());
        p.setProperty("auto.create.topics.enable", "false");
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        // The default of 128 MiB for one cleaner thread would be a twentieth of the machine this is made for.
        p.setProperty("log.cleaner.dedupe.buffer.size", "8388608");
        return p;
    }

    /**
     * On one machine nobody else is about to join: the stream job need not wait for others, and what was killed with the
     * machine is known to be gone soon after. With Kafka's own times settlement would take 8 s more to start.
     */
    private static Properties streamsGroups() {
        Properties p = new Properties();
        p.setProperty("group.streams.initial.rebalance.delay.ms", "0");
        p.setProperty("group.streams.assignment.interval.ms", "0");
        p.setProperty("group.streams.min.heartbeat.interval.ms", "500");
        p.setProperty("group.streams.heartbeat.interval.ms", "500");
        p.setProperty("group.streams.min.session.timeout.ms", "10000");
        p.setProperty("group.streams.session.timeout.ms", "10000");
        return p;
    }
}
