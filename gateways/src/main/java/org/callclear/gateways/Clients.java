package org.callclear.gateways;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.callclear.gateways.replay.ClaimClients;
import org.callclear.gateways.replay.TopicIds;
import org.callclear.gateways.reports.Outbox;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordProducer;

/** The gateway's Kafka clients, as the party {@code gateway.<id>}. */
final class Clients {
    private static final int ASK_WITHIN_SECONDS = 20;

    private Clients() {}

    /** A client that asks for topics. */
    static Admin admin(GatewayConfig config) {
        Map<String, Object> settings = config.kafka().clientSettings();
        settings.put("client.id", clientId(config) + "-topics");
        return Admin.create(settings);
    }

    /**
     * The consumer of the set-up topic. It is a static member of the classic group protocol: a process that comes back
     * under the same instance name takes its partitions over at once, even after {@code kill -9}, where a dynamic
     * member, or a static one of the newer protocol, would wait for the old session to time out.
     */
    static Consumer<String, byte[]> consumer(GatewayConfig config) {
        Map<String, Object> settings = config.kafka().clientSettings();
        settings.put("client.id", clientId(config));
        settings.put("group.protocol", "classic");
        settings.put("group.id", Party.gateway(config.gateway()).commonName());
        settings.put("group.instance.id", clientId(config));
        settings.put("enable.auto.commit", false);
        // A gateway that never committed reads all there is: what is too late for a call is refused as such.
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("allow.auto.create.topics", false);
        settings.put("receive.buffer.bytes", 1 << 20);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** A consumer of the set-up topic that belongs to no group, reads where it is told to and commits nothing. */
    static Consumer<String, byte[]> lone(GatewayConfig config) {
        Map<String, Object> settings = config.kafka().clientSettings();
        settings.put("client.id", clientId(config) + "-former");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("allow.auto.create.topics", false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** What the memory of used tokens needs; {@code admin} stays the caller's. */
    static ClaimClients claims(Admin admin, GatewayConfig config) {
        String name = clientId(config) + "-used-tokens";
        Map<String, Object> settings = config.kafka().clientSettings();
        settings.put("client.id", name);
        settings.put("enable.auto.commit", false);
        // A place that is not there any more is a fault and nothing to be mended by beginning elsewhere.
        settings.put("auto.offset.reset", "none");
        settings.put("allow.auto.create.topics", false);
        settings.put("receive.buffer.bytes", 1 << 20);
        return new ClaimClients(
                TopicIds.askedOf(admin),
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                new Outbox(RecordProducer.open(config.kafka(), name), name),
                new RecordDeserializer(config.kafka().registry()));
    }

    static String clientId(GatewayConfig config) {
        return Party.gateway(config.gateway()).commonName() + "." + config.instance();
    }

    /**
     * Looks whether the topics are there that this gateway cannot do without.
     *
     * @throws GatewayStartException when one is not, or may not be used
     */
    static void requireTopics(Admin admin, GatewayConfig config) {
        List<String> topics = new ArrayList<>(List.of(
                Topic.SETUP_REQUESTS.of(config.gateway()),
                Topic.GATEWAY_STATUS.of(config.gateway()),
                Topic.CDRS.of(config.carrier()),
                Topic.TOKEN_KEYS.topic()));
        if (config.usedTokens().keptIn() == UsedTokens.Place.TOPIC) {
            topics.add(Topic.USED_TOKENS.of(config.gateway()));
        }
        for (String topic : topics) {
            requireTopic(admin, config, topic);
        }
    }

    private static void requireTopic(Admin admin, GatewayConfig config, String topic) {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get(ASK_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new GatewayStartException(why(config, topic, e.getCause() == null ? e : e.getCause()), e);
        } catch (TimeoutException e) {
            throw new GatewayStartException(
                    "gateway " + config.gateway() + ": kafka " + config.kafka().bootstrapServers()
                            + " does not answer within " + ASK_WITHIN_SECONDS + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayStartException("gateway " + config.gateway() + ": interrupted at its start", e);
        }
    }

    private static String why(GatewayConfig config, String topic, Throwable failure) {
        String who = "gateway '" + config.gateway() + "' of carrier '" + config.carrier() + "': ";
        return switch (failure) {
            case UnknownTopicOrPartitionException e ->
                who + "there is no topic " + topic + ": the gateway or carrier is unknown; import it, then run"
                        + " `topics apply`";
            case TopicAuthorizationException e ->
                who + "may not use topic " + topic + ": its certificate is another party's, or the gateway or carrier"
                        + " is unknown";
            default ->
                who + "kafka " + config.kafka().bootstrapServers() + " cannot be asked for topic " + topic + ": "
                        + failure.getMessage();
        };
    }
}
