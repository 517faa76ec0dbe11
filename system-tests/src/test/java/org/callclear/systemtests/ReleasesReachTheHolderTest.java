package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.gateways.GatewayServer;
import org.callclear.gateways.pstn.SimulatedPstn;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.tokens.SigningKeys;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are up where their partition is no more, with real certificates: it went to an instance that joined. */
@Tag("timed")
class ReleasesReachTheHolderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final GatewayId GATEWAY = World.ZENITH_1;
    private static final String PROXY = "releaser";
    private static final int CALLS = 2 * Catalogue.CALL_PARTITIONS;

    @Test
    void aReleaseEndsTheCallThoughItsPartitionWentToAnotherInstance(@TempDir Path directory) throws Exception {
        try (EmbeddedGround ground = EmbeddedGround.start(directory.resolve("ground"));
                SimulatedPstn pstn = SimulatedPstn.start(WholeSystem.loopback())) {
            World.publish(ground);
            try (GatewayServer holder = gateway(ground, "h1", pstn, directory);
                    Producer<String, SpecificRecord> proxy =
                            RecordProducer.open(ground.accessFor(Party.proxyOf(World.ACME)), PROXY)) {
                List<SetupRequested> calls = connect(ground, proxy);
                await().atMost(PATIENCE).until(() -> holder.openCalls() == CALLS);

                try (GatewayServer joined = gateway(ground, "h2", pstn, directory)) {
                    for (int i = 0; i < CALLS; i++) {
                        send(proxy, i, calls.get(i).getCallId(), release(calls.get(i)));
                    }

                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(holder.openCalls()).isZero());
                    assertThat(holder.ended()).isNotDone();
                    assertThat(joined.ended()).isNotDone();
                }
                await().atMost(PATIENCE).until(() -> pstn.callsUp() == 0);
                assertThat(pstn.calls()).isEqualTo(CALLS);
            }
        }
    }

    /** As many calls from each partition. */
    private static List<SetupRequested> connect(EmbeddedGround ground, Producer<String, SpecificRecord> proxy)
            throws Exception {
        long second = Instant.now().getEpochSecond(); // tokens of the second in which a log began are refused
        await().atMost(PATIENCE).until(() -> Instant.now().getEpochSecond() > second);
        String keyId = SigningKeys.open(ground.tokenKeyStore(), ground.tokenKeyPasswordFile())
                .activeKeyId(Instant.now())
                .orElseThrow();
        TokenMint mint = new TokenMint(ground, keyId, PROXY, new Random(11));
        List<SetupRequested> setups = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            SetupRequested setup = mint.setup(GATEWAY, new E164Number("49307%06d00".formatted(i)));
            setups.add(setup);
            send(proxy, i, setup.getCallId(), setup);
        }
        return setups;
    }

    private static CallReleased release(SetupRequested call) {
        return new CallReleased(
                call.getCallId(),
                call.getTransactionId(),
                PROXY,
                16,
                ReleaseSource.CALLER,
                Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    private static void send(
            Producer<String, SpecificRecord> proxy, int ordinal, String callId, SpecificRecord record) {
        int partition = ordinal % Catalogue.CALL_PARTITIONS;
        var unused = proxy.send(new ProducerRecord<>(Topic.SETUP_REQUESTS.of(GATEWAY), partition, callId, record));
        proxy.flush();
    }

    private static GatewayServer gateway(EmbeddedGround ground, String instance, SimulatedPstn pstn, Path directory) {
        return GatewayServer.start(GatewayVictim.config(
                ground.accessFor(Party.gateway(GATEWAY)),
                GATEWAY,
                instance,
                pstn.address(),
                directory.resolve(instance)));
    }
}
