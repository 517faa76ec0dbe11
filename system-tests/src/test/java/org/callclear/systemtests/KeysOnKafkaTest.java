package org.callclear.systemtests;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.app.keys.KeyException;
import org.callclear.app.keys.KeyLife;
import org.callclear.app.keys.KeyState;
import org.callclear.app.keys.KeyUse;
import org.callclear.app.keys.ListedKey;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordSerializer;
import org.callclear.tokens.SigningKeySource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the administration does to token-keys when the topic or the gateways do not say what they should. */
class KeysOnKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Party ADMINISTRATION = Party.of(Party.Kind.ADMINISTRATION);

    private static EmbeddedGround ground;

    private SigningKeySource.File source;
    private KeyLife life;
    private String first;

    @BeforeAll
    @SuppressWarnings("NullAway")
    static void startGround(@TempDir Path data) {
        ground = EmbeddedGround.start(data.resolve("ground"));
    }

    @AfterAll
    static void stopGround() {
        ground.close();
    }

    @BeforeEach
    @SuppressWarnings("NullAway")
    void start(@TempDir Path directory) throws Exception {
        ground.empty();
        source = new SigningKeySource.File(
                Files.copy(ground.tokenKeyStore(), directory.resolve("keys.p12"), StandardCopyOption.COPY_ATTRIBUTES),
                ground.tokenKeyPasswordFile());
        life = new KeyLife(ground.accessFor(ADMINISTRATION), KeyUse.TOKENS, Clock.systemUTC());
        List<TokenKey> fresh = life.publish(source).fresh();
        assertThat(fresh).hasSize(1);
        first = fresh.getFirst().getKeyId();
    }

    @Test
    void whatWasRevokedIsNotPublishedAgainWhateverWasSaidOfItSince() throws Exception {
        String second = life.rotate(source, Duration.ZERO, YEAR).getKeyId();
        life.revoke(first, "stolen", true);
        say(first, null);
        say(second, new byte[] {1, 2, 3});

        KeyLife.Published published = life.publish(source);

        assertThat(published.fresh()).isEmpty();
        assertThat(published.withheld()).containsExactly(second);
        assertThat(states()).containsExactly(Map.entry(first, KeyState.REVOKED));
        try (Records records = new Records(ground, Topic.TOKEN_KEYS.topic()::equals)) {
            // The tombstone took the revocation away from gateways that start now, and publishing gave it back.
            await().atMost(PATIENCE)
                    .until(() -> records.of(TokenKey.class)
                                    .filter(key -> key.getKeyId().equals(first) && key.getRevokedAt() != null)
                                    .count()
                            == 2);
        }
    }

    @Test
    void noKeyIsRevokedWithoutForceWhileNoGatewayHasSaidThatItHasAnother() throws Exception {
        String second = life.rotate(source, Duration.ZERO, YEAR).getKeyId();

        assertThatThrownBy(() -> life.revoke(first, "test", false)).isInstanceOf(KeyException.class);
        assertThat(states()).containsEntry(first, KeyState.ACTIVE).containsEntry(second, KeyState.ACTIVE);

        heard(World.DIRECTORY.gateways().firstKey(), List.of(first, second));
        life.revoke(first, "test", false);
        assertThat(states()).containsEntry(first, KeyState.REVOKED).containsEntry(second, KeyState.ACTIVE);
    }

    private Map<String, KeyState> states() {
        Map<String, KeyState> states = new TreeMap<>();
        for (ListedKey listed : life.list()) {
            states.put(listed.key().getKeyId(), listed.state());
        }
        return states;
    }

    private void heard(GatewayId gateway, List<String> keys) throws Exception {
        GatewayStatus status = GatewayStatus.newBuilder()
                .setGateway(gateway.value())
                .setCarrier(
                        requireNonNull(World.DIRECTORY.gateways().get(gateway)).value())
                .setInstance("test")
                .setState(GatewayState.UP)
                .setFreeChannels(1)
                .setOpenCalls(0)
                .setAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setRefusals(Map.of())
                .setTokenKeys(keys)
                .build();
        Party party = Party.gateway(gateway);
        String topic = Topic.GATEWAY_STATUS.of(gateway);
        try (var serializer = new RecordSerializer(ground.accessFor(party).registry())) {
            send(party, topic, "test", serializer.serialize(topic, status));
        }
    }

    /** A word on a key that the administration's own commands would not say. */
    private void say(String keyId, byte @Nullable [] word) throws Exception {
        send(ADMINISTRATION, Topic.TOKEN_KEYS.topic(), keyId, word);
    }

    private void send(Party party, String topic, String key, byte @Nullable [] value) throws Exception {
        Map<String, Object> settings = ground.accessFor(party).clientSettings();
        try (KafkaProducer<String, byte @Nullable []> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            var unused = producer.send(new ProducerRecord<>(topic, key, value)).get(60, TimeUnit.SECONDS);
        }
    }
}
