package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.callclear.clearinghouse.Clearinghouse;
import org.callclear.clearinghouse.ClearinghouseConfig;
import org.callclear.gateways.pstn.SimulatedPstn;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token is good for so many seconds of talk: the gateway ends the call when they are over, whoever still talks. */
@Tag("timed")
class MaxDurationTest {
    private static final String CALLED = "4930777000100";
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration GIVE_OR_TAKE = Duration.ofSeconds(1);
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void aCallThatNobodyHangsUpEndsWhenItsTokenSaysSo(@TempDir Path directory) throws Exception {
        try (EmbeddedGround ground = EmbeddedGround.start(directory.resolve("ground"));
                SimulatedPstn pstn = SimulatedPstn.start(WholeSystem.loopback());
                WholeSystem system = new WholeSystem(ground, directory.resolve("parties"), pstn.address(), false);
                Clearinghouse clearinghouse = Clearinghouse.start(withLongestCall(system.clearinghouse()));
                Records records =
                        new Records(ground, topic -> !topic.startsWith("_") && !topic.startsWith("streams-"));
                Phone phone = new Phone(system.sipAddress())) {
            assertThat(clearinghouse).isNotNull();

            Phone.Ringing call = phone.call(CALLED);
            assertThat(call.status.get(15, TimeUnit.SECONDS)).isEqualTo(200);
            Instant answered = Instant.now();
            call.ended.get(15, TimeUnit.SECONDS);

            assertNearLongest(Duration.between(answered, Instant.now()));
            List<CallDetailRecord> sides = await().atMost(SOON)
                    .until(() -> records.of(CallDetailRecord.class).toList(), found -> found.size() >= 2);
            assertThat(sides)
                    .extracting(CallDetailRecord::getRole)
                    .containsExactlyInAnyOrder(Role.ORIGINATING, Role.TERMINATING);
            assertThat(sides).allSatisfy(side -> {
                assertNearLongest(Duration.between(side.getAnsweredAt(), side.getEndedAt()));
                assertThat(side.getReleaseSource()).isEqualTo(ReleaseSource.GATEWAY);
            });
            ReconciledCall settled = await().atMost(SOON)
                    .until(() -> records.of(ReconciledCall.class).toList(), found -> !found.isEmpty())
                    .getFirst();
            assertThat(settled.getReconciliation())
                    .isIn(ReconciliationClass.MATCHED, ReconciliationClass.MATCHED_WITHIN_TOLERANCE);
            assertNearLongest(Duration.ofMillis(settled.getSettledMillis()));
            assertThat(records.of(Dispute.class)).isEmpty();
            await().atMost(SOON).until(() -> pstn.callsUp() == 0);
        }
    }

    private static void assertNearLongest(Duration talked) {
        assertThat(talked).isCloseTo(LONGEST, GIVE_OR_TAKE);
    }

    private static ClearinghouseConfig withLongestCall(ClearinghouseConfig usual) {
        return new ClearinghouseConfig(
                usual.kafka(),
                usual.instance(),
                usual.issuer(),
                usual.tokenKeys(),
                usual.tokenLifetime(),
                LONGEST,
                usual.gatewayAliveWithin(),
                usual.requestMaxAge());
    }
}
