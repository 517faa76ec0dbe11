package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.callclear.gateways.GatewayServer;
import org.callclear.gateways.pstn.SimulatedPstn;
import org.callclear.gateways.replay.ClaimsLostException;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Several instances of one gateway, with real certificates, and a proxy that shows every token to all of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("timed")
class SharedReplayMemoryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROUNDS = 4;
    private static final int TOKENS = 75;

    private Path directory;
    private EmbeddedGround ground;
    private SimulatedPstn pstn;
    private Replayer replayer;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        this.directory = directory;
        ground = EmbeddedGround.start(directory.resolve("ground"));
        World.publish(ground);
        pstn = SimulatedPstn.start(WholeSystem.loopback());
        replayer = new Replayer(ground);
    }

    @AfterAll
    void stop() {
        replayer.close();
        pstn.close();
        ground.close();
    }

    @Test
    void theSameTokenShownToTwoInstancesAtOnceAndToAThirdThatJoinsOpensOneCall() throws Exception {
        GatewayId gateway = World.ZENITH_1;
        try (GatewayServer one = gateway(gateway, "g1");
                GatewayServer two = gateway(gateway, "g2")) {
            afterThisSecond();
            for (int round = 0; round < ROUNDS; round++) {
                List<SetupRequested> setups = replayer.issue(gateway, TOKENS);

                replayer.presentEverywhere(gateway, setups);
                replayer.awaitAnswers(setups, 4);

                assertThat(setups).allSatisfy(setup -> {
                    assertThat(calls(setup)).isEqualTo(1);
                    assertThat(replayer.refusals(setup))
                            .containsExactly(SetupRefusal.REPLAYED, SetupRefusal.REPLAYED, SetupRefusal.REPLAYED);
                });
            }
            aThirdJoinsMeanwhile(gateway);
            assertThat(Stream.of(one, two)).noneMatch(server -> server.ended().isDone());
        }
    }

    /** Partitions change hands while tokens are shown; some set-ups may be read by two instances. */
    private void aThirdJoinsMeanwhile(GatewayId gateway) {
        List<SetupRequested> before = replayer.issue(gateway, 2 * TOKENS);
        replayer.presentEverywhere(gateway, before);
        try (GatewayServer third = gateway(gateway, "g3")) {
            List<SetupRequested> after = replayer.issue(gateway, TOKENS);
            replayer.presentEverywhere(gateway, after);
            replayer.presentEverywhere(gateway, before);
            replayer.awaitAnswers(before, 8);
            replayer.awaitAnswers(after, 4);

            assertThat(Stream.concat(before.stream(), after.stream())).allSatisfy(setup -> {
                assertThat(calls(setup)).isEqualTo(1);
                assertThat(replayer.refusals(setup)).containsOnly(SetupRefusal.REPLAYED);
            });
            assertThat(third.ended()).isNotDone();
        }
    }

    @Test
    void aKilledInstanceAndItsSuccessorOpenNoSecondCall() throws Exception {
        GatewayId gateway = World.ZENITH_2;
        try (GatewayServer survivor = gateway(gateway, "k1")) {
            List<SetupRequested> shown = new ArrayList<>();
            try (ChildProcess victim = victim(gateway, "k2")) {
                afterThisSecond();
                for (int batch = 0; batch < 10; batch++) {
                    List<SetupRequested> setups = replayer.issue(gateway, 20);
                    shown.addAll(setups);
                    replayer.presentEverywhere(gateway, setups);
                }
                await().atMost(PATIENCE).until(() -> replayer.answers(shown.get(30)) > 0);
                victim.requireAlive();
            } // killed
            List<SetupRequested> later = replayer.issue(gateway, 50);
            shown.addAll(later);
            replayer.presentEverywhere(gateway, later);
            replayer.awaitAnswers(shown, 2); // by the survivor, from its own partitions
            assertThat(shown).allSatisfy(setup -> assertThat(calls(setup)).isLessThanOrEqualTo(1));
            assertThat(shown.stream().filter(setup -> calls(setup) == 1).count())
                    .isGreaterThan(shown.size() / 2);

            replayer.forget();
            Map<String, Integer> calls = new java.util.HashMap<>();
            shown.forEach(setup -> calls.put(setup.getTransactionId(), calls(setup)));
            try (ChildProcess successor = victim(gateway, "k2")) {
                replayer.presentEverywhere(gateway, shown);
                replayer.awaitAnswers(shown, 4);
                successor.requireAlive();
            }
            assertThat(shown).allSatisfy(setup -> {
                assertThat(calls(setup)).isEqualTo(calls.get(setup.getTransactionId()));
                assertThat(replayer.refusals(setup)).containsOnly(SetupRefusal.REPLAYED);
            });
            assertThat(survivor.ended()).isNotDone();
        }
    }

    @Test
    void aTopicMadeAnewMeanwhileStopsTheGatewayAndBringsNoTokenBackToLife() throws Exception {
        GatewayId gateway = World.LUMEN_1;
        List<SetupRequested> used;
        try (GatewayServer server = gateway(gateway, "m1")) {
            afterThisSecond();
            used = replayer.issue(gateway, 5);
            replayer.presentEverywhere(gateway, used);
            replayer.awaitAnswers(used, 4);

            makeAnew(Topic.USED_TOKENS.of(gateway));

            assertThat(server.ended())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(ClaimsLostException.class);
            List<SetupRequested> fresh = replayer.issue(gateway, 5);
            replayer.presentEverywhere(gateway, fresh);
            replayer.awaitAnswers(fresh, 4);
            assertThat(fresh).allSatisfy(setup -> {
                assertThat(calls(setup)).isZero();
                assertThat(replayer.refusals(setup)).containsOnly(SetupRefusal.USE_UNCONFIRMED);
            });
        }
        replayer.forget();
        try (GatewayServer again = gateway(gateway, "m1")) {
            afterThisSecond();
            List<SetupRequested> fresh = replayer.issue(gateway, 5);
            replayer.presentEverywhere(gateway, used);
            replayer.presentEverywhere(gateway, fresh);
            replayer.awaitAnswers(used, 4);
            replayer.awaitAnswers(fresh, 4);

            assertThat(used).allSatisfy(setup -> {
                assertThat(calls(setup)).isEqualTo(1);
                assertThat(replayer.refusals(setup)).containsOnly(SetupRefusal.USE_UNCONFIRMED);
            });
            assertThat(fresh).allSatisfy(setup -> assertThat(calls(setup)).isEqualTo(1));
            assertThat(again.ended()).isNotDone();
        }
    }

    private void makeAnew(String topic) throws Exception {
        Map<String, Object> settings =
                ground.accessFor(Party.of(Party.Kind.SETUP)).clientSettings();
        try (Admin admin = Admin.create(settings)) {
            admin.deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics()
                            .names()
                            .get(30, TimeUnit.SECONDS)
                            .contains(topic));
        }
        EmbeddedGround.applyTopics(ground);
    }

    private int calls(SetupRequested setup) {
        return pstn.callsTo(new E164Number(setup.getCalled()));
    }

    private GatewayServer gateway(GatewayId gateway, String instance) {
        return GatewayServer.start(GatewayVictim.config(
                ground.accessFor(Party.gateway(gateway)),
                gateway,
                instance,
                pstn.address(),
                directory.resolve(instance)));
    }

    private ChildProcess victim(GatewayId gateway, String instance) throws Exception {
        return GatewayVictim.start(ground, gateway, instance, pstn.address(), directory);
    }

    /** Tokens say to the second when they were issued; those of the second in which a log began are refused. */
    private static void afterThisSecond() {
        long second = Instant.now().getEpochSecond();
        await().atMost(PATIENCE).until(() -> Instant.now().getEpochSecond() > second);
    }
}
