package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.callclear.app.keys.KeyLife;
import org.callclear.app.keys.KeyState;
import org.callclear.app.keys.KeyUse;
import org.callclear.app.keys.ListedKey;
import org.callclear.gateways.pstn.SimulatedPstn;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.GrantedRoute;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Party;
import org.callclear.tokens.SigningKeySource;
import org.callclear.tokens.SigningKeys;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of token keys while calls go on. {@code -Dcallclear.rotation.rate=50} makes more calls a second than is good
 * for a small machine.
 */
@Tag("timed")
class KeyRotationTest {
    private static final int RATE = Integer.getInteger("callclear.rotation.rate", 4);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration REVOKED_WITHIN = Duration.ofSeconds(2);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final E164Number STOLEN = new E164Number("4930888000100");
    private static final List<GatewayId> GATEWAYS =
            List.copyOf(World.DIRECTORY.gateways().keySet());

    private static int calls() {
        return 3 * RATE;
    }

    @Test
    void twoRotationsAndARevocationCostNoCallAndTheRevokedKeyOpensNothing(@TempDir Path directory) throws Exception {
        try (EmbeddedGround ground = EmbeddedGround.start(directory.resolve("ground"));
                SimulatedPstn pstn = SimulatedPstn.start(WholeSystem.loopback());
                WholeSystem system = new WholeSystem(ground, directory.resolve("parties"), pstn.address(), true);
                Records records =
                        new Records(ground, topic -> !topic.startsWith("_") && !topic.startsWith("streams-"));
                Phone phone = new Phone(system.sipAddress());
                SteadyCaller caller = new SteadyCaller(phone, RATE)) {
            SigningKeySource.File source =
                    new SigningKeySource.File(ground.tokenKeyStore(), ground.tokenKeyPasswordFile());
            String first = SigningKeys.open(source.pkcs12(), source.passwordFile())
                    .keyIds()
                    .getFirst();
            KeyLife life = life(ground, Clock.systemUTC());
            try (StolenKey thief = new StolenKey(ground, first, STOLEN)) {
                awaitCalls(caller, calls());
                for (GatewayId gateway : GATEWAYS) {
                    assertThat(thief.use(thief.issue(gateway)))
                            .as("before: %s", gateway)
                            .isNull();
                }

                TokenKey second = life.rotate(source, Duration.ZERO, YEAR);
                awaitSigned(records, second.getKeyId());
                awaitCalls(caller, calls());
                TokenKey third = life.rotate(source, Duration.ZERO, YEAR);
                awaitSigned(records, third.getKeyId());
                awaitCalls(caller, calls());
                List<ListedKey> listed = life.list();

                // The administration's clock is an hour ahead of the gateways': revokedAt is still to come for them.
                Map<GatewayId, Duration> closedAfter =
                        revoke(life(ground, Clock.offset(Clock.systemUTC(), Duration.ofHours(1))), first, thief);
                int knocked = pstn.callsTo(STOLEN);
                for (GatewayId gateway : GATEWAYS) {
                    assertThat(thief.use(thief.issue(gateway)))
                            .as("after: %s", gateway)
                            .isEqualTo(SetupRefusal.KEY_NOT_VALID);
                }
                awaitCalls(caller, calls());
                List<SteadyCaller.Made> made = caller.stop();

                System.out.println("revoked key refused after " + closedAfter + "; good calls: " + made.size());
                assertThat(closedAfter)
                        .hasSize(3)
                        .allSatisfy((gateway, after) -> assertThat(after).isLessThan(REVOKED_WITHIN));
                assertThat(pstn.callsTo(STOLEN)).isEqualTo(knocked);
                assertNoneRefused(made, pstn, records);
                assertListed(listed, List.of(third.getKeyId(), second.getKeyId(), first));
            }
        }
    }

    private static KeyLife life(Ground ground, Clock clock) {
        return new KeyLife(ground.accessFor(Party.of(Party.Kind.ADMINISTRATION)), KeyUse.TOKENS, clock);
    }

    private static void awaitCalls(SteadyCaller caller, int more) {
        long enough = caller.decided() + more;
        await().atMost(SOON).until(() -> caller.decided() >= enough);
    }

    /** Until the newest grant has nothing but tokens of this key. */
    private static void awaitSigned(Records records, String keyId) {
        await().atMost(SOON)
                .until(() -> records.of(Grant.class)
                        .reduce((before, after) -> after)
                        .filter(grant -> grant.getRoutes().stream()
                                .map(GrantedRoute::getKeyId)
                                .allMatch(keyId::equals))
                        .isPresent());
    }

    /** Revokes the key while its tokens, issued before, are used at every gateway; gives how long each still opened. */
    private static Map<GatewayId, Duration> revoke(KeyLife life, String keyId, StolenKey thief) throws Exception {
        List<StolenKey.Unused> issued = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            issued.add(thief.issue(GATEWAYS.get(i % GATEWAYS.size())));
        }
        // By force: with a clock an hour ahead no heartbeat is of the last seconds, so nobody was heard.
        TokenKey revoked = life.revoke(keyId, "stolen", true);
        long committed = System.nanoTime();
        assertThat(revoked.getRevokedAt()).isAfter(Clock.systemUTC().instant().plus(Duration.ofMinutes(59)));
        Map<GatewayId, Duration> closed = new TreeMap<>();
        for (StolenKey.Unused token : issued) {
            SetupRefusal refusal = thief.use(token);
            if (refusal == null) {
                assertThat(closed).as("a gateway that had closed").doesNotContainKey(token.gateway());
            } else {
                assertThat(refusal).isEqualTo(SetupRefusal.KEY_NOT_VALID);
                closed.putIfAbsent(token.gateway(), Duration.ofNanos(System.nanoTime() - committed));
            }
            if (closed.size() == GATEWAYS.size()) {
                break;
            }
        }
        return closed;
    }

    private static void assertNoneRefused(List<SteadyCaller.Made> made, SimulatedPstn pstn, Records records)
            throws Exception {
        for (SteadyCaller.Made call : made) {
            assertThat(call.status().get(30, TimeUnit.SECONDS))
                    .as(call.number())
                    .isEqualTo(call.expected());
            assertThat(pstn.callsTo(new E164Number(call.number())))
                    .as("attempts that the PSTN saw to %s", call.number())
                    .isEqualTo(call.hunts() ? GATEWAYS.size() : 1);
        }
        assertThat(records.of(SetupRejected.class)
                        .filter(rejected -> !rejected.getProxy().equals("thief")))
                .isEmpty();
        assertThat(records.of(Grant.class)
                        .flatMap(grant -> grant.getRoutes().stream())
                        .map(GrantedRoute::getKeyId)
                        .distinct())
                .hasSize(3);
    }

    private static void assertListed(List<ListedKey> listed, List<String> newestFirst) {
        assertThat(listed).extracting(one -> one.key().getKeyId()).containsExactlyElementsOf(newestFirst);
        assertThat(listed).extracting(ListedKey::state).containsOnly(KeyState.ACTIVE);
        List<String> gateways = GATEWAYS.stream().map(GatewayId::value).toList();
        assertThat(listed)
                .allSatisfy(one -> assertThat(one.believedBy()).containsExactlyInAnyOrderElementsOf(gateways));
        assertThat(listed.getFirst().signsFor()).containsExactlyInAnyOrderElementsOf(gateways);
        assertThat(listed.getLast().signsFor()).isEmpty();
    }
}
