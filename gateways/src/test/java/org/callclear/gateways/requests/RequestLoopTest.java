package org.callclear.gateways.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.sip.call.Sdp;
import org.callclear.tokens.ReplayMemory.Use;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestLoopTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private LoopGround ground;

    @BeforeEach
    void start() throws Exception {
        ground = new LoopGround(directory);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    @Test
    void aSetupIsDialledAndCommitted() {
        SetupRequested setup = ground.world.aSetup().build();

        ground.write(setup.getCallId(), setup);

        await().atMost(SOON).until(() -> ground.committed() == 1);
        assertThat(ground.world.trunk.legs()).hasSize(1);
    }

    @Test
    void aRefusedSetupNeverDialsAndItsProxyHearsTheReason() {
        SetupRequested setup = ground.world
                .aSetup()
                .token(token -> token.substring(0, token.length() - 9) + "AAAAAAAAA")
                .build();

        ground.write(setup.getCallId(), setup);

        await().atMost(SOON).until(() -> ground.committed() == 1);
        assertThat(ground.world.trunk.legs()).isEmpty();
        assertThat(ground.world.sent("carrier.acme.setup-events"))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.key()).isEqualTo(setup.getCallId());
                    assertThat(record.value()).isInstanceOfSatisfying(SetupRejected.class, rejected -> {
                        assertThat(rejected.getRefusal()).isEqualTo(SetupRefusal.BAD_SIGNATURE);
                        assertThat(rejected.getTransactionId()).isEqualTo(setup.getTransactionId());
                        assertThat(rejected.getProxy()).isEqualTo("p1");
                        assertThat(rejected.getSetupId()).isEqualTo(setup.getSetupId());
                    });
                });
        assertThat(ground.world.refusals.byName()).isEqualTo(Map.of("BAD_SIGNATURE", 1L));
        assertThat(ground.world.cdrs()).isEmpty();
    }

    @Test
    void aSetupReadTwiceIsDialledOnce() {
        SetupRequested setup = ground.world.aSetup().build();

        ground.write(setup.getCallId(), setup);
        ground.write(setup.getCallId(), setup);

        await().atMost(SOON).until(() -> ground.committed() == 2);
        assertThat(ground.world.trunk.legs()).hasSize(1);
        assertThat(ground.world.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        SetupRejected.class,
                        rejected -> assertThat(rejected.getRefusal()).isEqualTo(SetupRefusal.REPLAYED));
    }

    @Test
    void bytesThatAreNoRecordAreCountedAndSkipped() {
        ground.write("x", new byte[] {1, 2, 3});
        ground.write("x", new byte[] {0, 0, 0, 0, 99, 1});
        ground.write("x", (byte[]) null);
        CallDetailRecord stranger = aRecordOfAnotherKind();
        ground.write("x", stranger);
        SetupRequested setup = ground.world.aSetup().build();
        byte[] cut = ground.serializer.serialize(LoopGround.TOPIC, setup);
        ground.write("x", Arrays.copyOf(cut, cut.length - 3));

        ground.write(setup.getCallId(), setup);

        await().atMost(SOON).until(() -> ground.committed() == 6);
        assertThat(ground.world.refusals.byName()).isEqualTo(Map.of("MALFORMED_SETUP", 5L));
        assertThat(ground.world.board.openCalls()).isEqualTo(1);
    }

    @Test
    void aCarrierThatDoesNotExistStopsNothing() {
        SetupRequested made = ground.world
                .aSetup()
                .with(r -> r.setOriginatingCarrier("nobody"))
                .build();
        SetupRequested unanswerable =
                ground.world.aSetup().with(r -> r.setOriginatingCarrier("../x")).build();
        SetupRequested good = ground.world.aSetup().build();

        ground.write(made.getCallId(), made);
        ground.write(unanswerable.getCallId(), unanswerable);
        ground.write(good.getCallId(), good);

        await().atMost(SOON).until(() -> ground.committed() == 3);
        assertThat(ground.world.trunk.legs()).hasSize(1);
        assertThat(ground.world.reports.unsent()).isEqualTo(1);
    }

    @Test
    void cancelAndReleaseReachTheirCalls() {
        SetupRequested first = ground.world.aSetup().build();
        SetupRequested second = ground.world.aSetup().build();
        ground.write(first.getCallId(), first);
        ground.write(second.getCallId(), second);
        await().atMost(SOON).until(() -> ground.world.trunk.legs().size() == 2);
        ground.world.trunk.last().answer(Sdp.NONE);

        ground.write(first.getCallId(), ground.cancel(first));
        ground.write(
                second.getCallId(),
                new CallReleased(
                        second.getCallId(),
                        second.getTransactionId(),
                        "p1",
                        999,
                        ReleaseSource.CALLER,
                        ground.world.clock.instant()));

        await().atMost(SOON).until(() -> ground.committed() == 4);
        assertThat(ground.world.trunk.legs())
                .allSatisfy(leg -> assertThat(leg.hangUps()).hasSize(1));
        assertThat(ground.world.cdrs())
                .extracting(CallDetailRecord::getSipStatus)
                .containsExactlyInAnyOrder(487, 200);
        assertThat(ground.world.channels.taken()).isZero();
    }

    @Test
    void severalSetupsAreInJudgementAtOnceAndNothingIsCommittedPastOne() {
        ground.world.memory.slowDown();
        SetupRequested first = ground.world.aSetup().build();
        SetupRequested second = ground.world.aSetup().build();
        ground.write(first.getCallId(), first);
        ground.write(second.getCallId(), second);
        await().atMost(SOON).until(() -> ground.world.memory.asked() == 2);

        ground.world.memory.answer(second.getTransactionId(), Use.FIRST);
        await().atMost(SOON).until(() -> ground.world.trunk.legs().size() == 1);
        ground.write("x", new byte[] {1, 2, 3});
        ground.write(
                "x",
                new byte[] {1, 2, 3}); // read in a later turn, so the loop has had its chance to commit the one before
        await().atMost(SOON)
                .until(() ->
                        Long.valueOf(2).equals(ground.world.refusals.byName().get("MALFORMED_SETUP")));
        assertThat(ground.commits).isEmpty();

        ground.world.memory.answer(first.getTransactionId(), Use.FIRST);
        await().atMost(SOON).until(() -> ground.committed() == 4);
        assertThat(ground.world.trunk.legs()).hasSize(2);
    }

    @Test
    void aCancelThatOvertakesTheJudgementEndsTheCallAfterIt() {
        ground.world.memory.slowDown();
        SetupRequested setup = ground.world.aSetup().build();
        ground.write(setup.getCallId(), setup);
        ground.write(setup.getCallId(), ground.cancel(setup));
        SetupRequested other = ground.world.aSetup().build();
        ground.write(other.getCallId(), other);
        await().atMost(SOON).until(() -> ground.world.memory.asked() == 2);

        ground.world.memory.answer(setup.getTransactionId(), Use.FIRST);

        await().atMost(SOON).until(() -> ground.committed() == 2);
        assertThat(ground.world.board.disbelieved()).isZero();
        assertThat(ground.world.cdrs())
                .extracting(CallDetailRecord::getSipStatus)
                .containsExactly(487);
        assertThat(ground.world.channels.taken()).as("only the other's").isEqualTo(1);
    }

    @Test
    void aUseThatIsNotConfirmedOpensNothingAndGivesItsChannelBack() {
        ground.world.memory.slowDown();
        SetupRequested setup = ground.world.aSetup().build();
        ground.write(setup.getCallId(), setup);
        await().atMost(SOON).until(() -> ground.world.memory.asked() == 1);
        assertThat(ground.world.channels.taken()).isEqualTo(1);

        ground.world.memory.answer(setup.getTransactionId(), Use.UNCONFIRMED);

        await().atMost(SOON).until(() -> ground.committed() == 1);
        assertThat(ground.world.trunk.legs()).isEmpty();
        assertThat(ground.world.channels.taken()).isZero();
        assertThat(ground.world.refusals.byName()).isEqualTo(Map.of("USE_UNCONFIRMED", 1L));
    }

    @Test
    void aUseConfirmedAfterTheDeadlineOpensNothing() {
        ground.world.memory.slowDown();
        SetupRequested setup = ground.world.aSetup().build();
        ground.write(setup.getCallId(), setup);
        await().atMost(SOON).until(() -> ground.world.memory.asked() == 1);
        ground.world.pass(Duration.ofSeconds(6));

        ground.world.memory.answer(setup.getTransactionId(), Use.FIRST);

        await().atMost(SOON).until(() -> ground.committed() == 1);
        assertThat(ground.world.trunk.legs()).isEmpty();
        assertThat(ground.world.channels.taken()).isZero();
        assertThat(ground.world.refusals.byName()).isEqualTo(Map.of("SETUP_TOO_LATE", 1L));
    }

    @Test
    void aUseConfirmedWhileTheGatewayDrainsOpensNothing() {
        ground.world.memory.slowDown();
        SetupRequested setup = ground.world.aSetup().build();
        ground.write(setup.getCallId(), setup);
        await().atMost(SOON).until(() -> ground.world.memory.asked() == 1);
        assertThat(ground.loop.settled()).isNotDone();
        ground.world.gate.drain();

        ground.world.memory.answer(setup.getTransactionId(), Use.FIRST);

        assertThat(ground.loop.settled()).succeedsWithin(SOON);
        assertThat(ground.world.trunk.legs()).isEmpty();
        assertThat(ground.world.refusals.byName()).isEqualTo(Map.of("DRAINING", 1L));
    }

    @Test
    void partitionsAreGivenUpWhenWhatIsInJudgementIsDecidedAndCommitted() {
        ground.world.memory.slowDown();
        SetupRequested setup = ground.world.aSetup().build();
        ground.write(setup.getCallId(), setup);
        await().atMost(SOON).until(() -> ground.world.memory.asked() == 1);

        ground.consumer.schedulePollTask(() -> {
            Thread decides = new Thread(() -> ground.world.memory.answer(setup.getTransactionId(), Use.FIRST));
            decides.start();
            ground.consumer.rebalance(Set.of());
        });

        await().atMost(SOON).until(() -> ground.world.trunk.legs().size() == 1);
        await().atMost(SOON).until(() -> ground.consumer.assignment().isEmpty());
        ground.consumer.schedulePollTask(
                () -> ground.consumer.rebalance(Set.of(LoopGround.PARTITION))); // the mock tells no commits of others
        await().atMost(SOON).until(() -> ground.committed() == 1);
    }

    @Test
    void aFaultAfterASlowAnswerEndsTheLoopAndCommitsNothing() {
        ground.world.memory.slowDown();
        SetupRequested setup = ground.world.aSetup().build();
        ground.write(setup.getCallId(), setup);
        await().atMost(SOON).until(() -> ground.world.memory.asked() == 1);
        ground.workersGoAway();

        ground.world.memory.answer(setup.getTransactionId(), Use.FIRST);

        assertThat(ground.loop.ended())
                .failsWithin(SOON)
                .withThrowableThat()
                .withRootCauseInstanceOf(LoopGround.WorkersGoneException.class);
        assertThat(ground.world.channels.taken()).isZero();
        await().atMost(SOON).until(ground.consumer::closed);
        assertThat(ground.commits).isEmpty();
    }

    @Test
    void aMemoryThatFailsEndsTheLoopAndGivesTheChannelBack() {
        ground.world.memory.slowDown();
        SetupRequested setup = ground.world.aSetup().build();
        ground.write(setup.getCallId(), setup);
        ground.write(setup.getCallId(), ground.cancel(setup));
        SetupRequested other = ground.world.aSetup().build();
        ground.write(other.getCallId(), other); // taken after the cancel, so that is waiting by then
        await().atMost(SOON).until(() -> ground.world.memory.asked() == 2);

        ground.world.memory.fail(setup.getTransactionId(), new LoopGround.WorkersGoneException());

        assertThat(ground.loop.ended())
                .failsWithin(SOON)
                .withThrowableThat()
                .withRootCauseInstanceOf(LoopGround.WorkersGoneException.class);
        assertThat(ground.world.channels.taken()).as("only the other's").isEqualTo(1);
        assertThat(ground.world.board.disbelieved()).as("the cancel was said").isEqualTo(1);
        await().atMost(SOON).until(ground.consumer::closed);
        assertThat(ground.commits).isEmpty();
    }

    @Test
    void aBrokenConsumerIsToldToWhoeverWaits() {
        ground.consumer.setPollException(new KafkaException("broken"));

        assertThat(ground.loop.ended())
                .failsWithin(SOON)
                .withThrowableThat()
                .withRootCauseInstanceOf(KafkaException.class);
    }

    private CallDetailRecord aRecordOfAnotherKind() {
        SetupRequested setup = ground.world.aSetup().build();
        ground.world.connect(setup).fail(486);
        return ground.world.cdrs().getFirst();
    }
}
