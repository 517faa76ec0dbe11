package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.callclear.app.keys.KeyLife;
import org.callclear.app.keys.KeyUse;
import org.callclear.gateways.pstn.SimulatedPstn;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Party;
import org.callclear.testkit.sipp.Sipp;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningKeys;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * A rotation, a revocation and {@code kill -9} of a gateway instance in the middle of calls and lies. The judge is the
 * other end: each gateway has a telephone network of its own, which counts the calls that reach it by number.
 *
 * <p>{@code -Dcallclear.storm.rate=200 -Dcallclear.storm.seconds=60} makes a storm of it.
 */
@EnabledIf("org.callclear.testkit.sipp.Sipp#isInstalled")
@Tag("timed")
class StormTest {
    private static final int RATE = Integer.getInteger("callclear.storm.rate", 20);
    private static final int SECONDS = Integer.getInteger("callclear.storm.seconds", 15);
    private static final int CALLS = RATE * SECONDS;
    private static final int WARM_UP_CALLS = 4 * RATE;
    private static final int LIES_PER_SECOND = Math.max(10, RATE / 10);
    private static final Duration TALK = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofSeconds(60);

    /** A caller hears at least a ringing tone meanwhile, and would wait for two minutes with the proxy's default. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Two of the first gateway, one of each of the others. */
    private static final int INSTANCES = 4;

    /** What a set-up that was in the killed instance's hands may be refused for; the proxy goes on to the next gateway. */
    private static final List<SetupRefusal> AFTER_A_CRASH =
            List.of(SetupRefusal.REPLAYED, SetupRefusal.SETUP_TOO_LATE, SetupRefusal.USE_UNCONFIRMED);

    private final Map<GatewayId, SimulatedPstn> pstns = new TreeMap<>();

    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedGround ground;

    @Test
    void noGoodCallIsRefusedAndNoBadOneLetInByRotationRevocationAndCrash(@TempDir Path directory) throws Exception {
        this.directory = directory;
        try (EmbeddedGround started = EmbeddedGround.start(directory.resolve("ground"));
                SimulatedPstn first = pstn(World.ZENITH_1);
                SimulatedPstn second = pstn(World.ZENITH_2);
                SimulatedPstn third = pstn(World.LUMEN_1)) {
            ground = started;
            World.publish(ground);
            try (ChildProcess survivor = instance("z1-b");
                    WholeSystem system = new WholeSystem(
                            ground,
                            directory.resolve("parties"),
                            Map.of(World.ZENITH_2, second.address(), World.LUMEN_1, third.address()),
                            PATIENCE)) {
                storm(system.sipAddress());
                survivor.requireAlive();
                assertThat(first.calls()).isPositive();
            }
        }
    }

    private void storm(InetSocketAddress proxy) throws Exception {
        SigningKeySource.File source = new SigningKeySource.File(ground.tokenKeyStore(), ground.tokenKeyPasswordFile());
        String oldKey = SigningKeys.open(source.pkcs12(), source.passwordFile())
                .keyIds()
                .getFirst();
        Sipp.Callers early = callers(proxy, "49306", WARM_UP_CALLS, Math.max(1, RATE / 4));
        Sipp.Callers callers = callers(proxy, "49307", CALLS, RATE);
        ChildProcess victim = instance("z1-a");
        try (StormWatch watch = new StormWatch(ground);
                StormAttacker attacker = new StormAttacker(ground, watch, oldKey)) {
            callAll("early", early);
            try (Sipp sipp = Sipp.callersOfManyNumbers(directory.resolve("callers"), callers, PATIENCE)) {
                attacker.attack(LIES_PER_SECOND);
                KeyLife life = new KeyLife(
                        ground.accessFor(Party.of(Party.Kind.ADMINISTRATION)), KeyUse.TOKENS, Clock.systemUTC());

                awaitCalls(20);
                String newKey =
                        life.rotate(source, Duration.ZERO, Duration.ofDays(365)).getKeyId();
                await().atMost(SOON).until(() -> watch.signsWith(newKey));
                attacker.signWith(newKey);
                awaitCalls(35);
                await().atMost(SOON).until(() -> watch.believers(oldKey) == INSTANCES);
                life.revoke(oldKey, "stolen", false);
                await().atMost(SOON).until(() -> watch.believers(oldKey) == 0);
                attacker.useHoard();
                awaitCalls(60);
                victim.close(); // kill -9
                long killed = System.nanoTime();
                victim = instance("z1-a"); // as whoever watches over it does
                Duration away = Duration.ofNanos(System.nanoTime() - killed);

                Sipp.Result result = sipp.await(PATIENCE.multipliedBy(2).plusSeconds(SECONDS));
                Collection<StormAttacker.Try> tries = attacker.stop();
                awaitAnswers(watch, tries);
                tell(watch, tries, sipp.waits(), away);
                assertThat(result.exitCode()).as(result.screen()).isZero();
                assertThat(sipp.waits()).hasSize(CALLS);
                assertThePstnSawEveryGoodCallAndNoOther(early, callers);
                assertRefusals(watch, tries);
                assertNothingStaysUp(watch);
                victim.requireAlive();
            }
        } finally {
            victim.close();
        }
    }

    /** Code that runs for the first time is slow, and is not what is looked at. These calls count like all others. */
    private void callAll(String name, Sipp.Callers callers) throws Exception {
        try (Sipp sipp = Sipp.callersOfManyNumbers(directory.resolve(name), callers, PATIENCE)) {
            Sipp.Result result = sipp.await(PATIENCE.multipliedBy(2));
            assertThat(result.exitCode()).as(result.screen()).isZero();
        }
    }

    /** Until so many percent of the calls have reached the other side. */
    private void awaitCalls(int percent) {
        await().atMost(SOON.plusSeconds(2L * SECONDS)).until(() -> reached() >= WARM_UP_CALLS + CALLS * percent / 100);
    }

    private int reached() {
        return pstns.values().stream().mapToInt(SimulatedPstn::calls).sum();
    }

    private static void awaitAnswers(StormWatch watch, Collection<StormAttacker.Try> tries) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(tries)
                        .filteredOn(one -> !watch.isAnswered(one.transactionId()))
                        .as("lies without an answer")
                        .isEmpty());
    }

    private void assertThePstnSawEveryGoodCallAndNoOther(Sipp.Callers... all) {
        int good = 0;
        for (Sipp.Callers callers : all) {
            for (int ordinal = 1; ordinal <= callers.calls(); ordinal++) {
                good += assertSeen(new E164Number(Sipp.numberOf(callers, ordinal)));
            }
        }
        assertThat(reached()).as("calls that reached the PSTN").isEqualTo(good);
    }

    /** Gives how many legs there were; a call has one token at most for each gateway. */
    private int assertSeen(E164Number number) {
        List<Integer> legs =
                pstns.values().stream().map(pstn -> pstn.callsTo(number)).toList();
        assertThat(legs)
                .as("legs to %s", number.digits())
                .allMatch(each -> each <= 1)
                .contains(1);
        return legs.stream().mapToInt(Integer::intValue).sum();
    }

    private static void assertRefusals(StormWatch watch, Collection<StormAttacker.Try> tries) {
        assertThat(tries)
                .allSatisfy(
                        one -> assertThat(watch.refusals(one.transactionId())).containsOnly(one.expected()));
        assertThat(StormAttacker.counts(tries))
                .containsOnlyKeys(
                        SetupRefusal.REPLAYED,
                        SetupRefusal.KEY_NOT_VALID,
                        SetupRefusal.OTHER_GATEWAY,
                        SetupRefusal.BAD_SIGNATURE,
                        SetupRefusal.OTHER_CALLED_NUMBER,
                        SetupRefusal.UNKNOWN_KEY)
                .allSatisfy((lie, count) -> assertThat(count).isGreaterThanOrEqualTo(5));
        assertThat(watch.denied()).as("calls denied by the clearinghouse").isZero();
        assertThat(watch.refusedToGood())
                .allSatisfy(refused -> assertThat(refused.getGateway()).isEqualTo(World.ZENITH_1.value()))
                .extracting(SetupRejected::getRefusal)
                .isSubsetOf(AFTER_A_CRASH);
    }

    /** But for what the killed instance had up: only the network itself can end that. */
    private void assertNothingStaysUp(StormWatch watch) {
        await().atMost(SOON).untilAsserted(() -> assertThat(up()).isLessThanOrEqualTo(watch.cutOff()));
    }

    private int up() {
        return pstns.values().stream().mapToInt(SimulatedPstn::callsUp).sum();
    }

    private void tell(StormWatch watch, Collection<StormAttacker.Try> tries, List<Duration> waits, Duration away) {
        Map<SetupRefusal, Integer> refused = new TreeMap<>();
        watch.refusedToGood().forEach(one -> refused.merge(one.getRefusal(), 1, Integer::sum));
        Map<GatewayId, Integer> legs = new TreeMap<>();
        pstns.forEach((gateway, pstn) -> legs.put(gateway, pstn.calls()));
        List<Duration> sorted = waits.stream().sorted().toList();
        System.out.printf(
                "storm: %d calls at %d/s, answered %d; set-ups %d, legs %s; instance away %d ms, refused to good ones %s;"
                        + " lies %s; up %d of %d cut off; wait p50 %d p99 %d longest %d ms%n",
                CALLS,
                RATE,
                waits.size(),
                watch.setups(),
                legs,
                away.toMillis(),
                refused,
                StormAttacker.counts(tries),
                up(),
                watch.cutOff(),
                at(sorted, 50),
                at(sorted, 99),
                sorted.isEmpty() ? 0 : Collections.max(sorted).toMillis());
    }

    private static long at(List<Duration> sorted, int percent) {
        return sorted.isEmpty()
                ? 0
                : sorted.get((sorted.size() - 1) * percent / 100).toMillis();
    }

    private SimulatedPstn pstn(GatewayId gateway) {
        SimulatedPstn pstn = SimulatedPstn.start(WholeSystem.loopback());
        pstns.put(gateway, pstn);
        return pstn;
    }

    private ChildProcess instance(String name) throws Exception {
        return GatewayVictim.start(
                ground,
                World.ZENITH_1,
                name,
                Objects.requireNonNull(pstns.get(World.ZENITH_1)).address(),
                directory);
    }

    private static Sipp.Callers callers(InetSocketAddress proxy, String prefix, int calls, int rate) throws Exception {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            int port = free.getLocalPort();
            return new Sipp.Callers(proxy, port, WholeSystem.USER, WholeSystem.PASSWORD, prefix, calls, rate, TALK);
        }
    }
}
