package org.callclear.gateways.switching;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.errors.TimeoutException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.callclear.gateways.GatewayWorld;
import org.callclear.gateways.call.CallEvent;
import org.callclear.gateways.journal.OpenCallJournal;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.SetupAnswered;
import org.callclear.schemas.avro.SetupFailed;
import org.callclear.schemas.avro.SetupProgress;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;
import org.callclear.testkit.gateways.FakeTrunk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwitchboardTest {
    private static final Sdp ANSWER = new Sdp("v=0\r\nanswer");

    @TempDir
    Path directory;

    private GatewayWorld world;

    @BeforeEach
    void open() {
        world = new GatewayWorld(directory, 2);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aCallIsDialledWithPlusAndTheCallersOffer() {
        SetupRequested setup = world.aSetup().calling("35315550123").build();

        FakeTrunk.Leg leg = world.connect(setup);

        assertThat(leg.dial().called()).isEqualTo("+35315550123");
        assertThat(leg.dial().calling()).isEqualTo("+4420700001");
        assertThat(leg.dial().sdp().bytes()).isEqualTo(setup.getSdp().array());
    }

    @Test
    void anAnsweredCallIsToldInOrderAndReportedOnceItEnds() {
        SetupRequested setup = world.aSetup().build();
        FakeTrunk.Leg leg = world.connect(setup);
        leg.ring();
        world.pass(Duration.ofSeconds(2));
        leg.answer(ANSWER);
        world.pass(Duration.ofSeconds(61));

        leg.bye();

        assertThat(world.events())
                .extracting(Object::getClass)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly(SetupProgress.class, SetupAnswered.class, CallReleased.class);
        assertThat(world.cdrs()).singleElement().satisfies(cdr -> {
            assertThat(cdr.getCallId()).isEqualTo(setup.getCallId());
            assertThat(cdr.getRole()).isEqualTo(Role.TERMINATING);
            assertThat(cdr.getLeg()).isEqualTo(1);
            assertThat(cdr.getTransactionId()).isEqualTo(setup.getTransactionId());
            assertThat(cdr.getGateway()).isEqualTo("zenith-1");
            assertThat(Duration.between(cdr.getSetupAt(), cdr.getAnsweredAt())).isEqualTo(Duration.ofSeconds(2));
            assertThat(Duration.between(cdr.getAnsweredAt(), cdr.getEndedAt())).isEqualTo(Duration.ofSeconds(61));
            assertThat(cdr.getSipStatus()).isEqualTo(200);
            assertThat(cdr.getReleaseSource()).isEqualTo(ReleaseSource.CALLED);
        });
        assertThat(world.channels.taken()).isZero();
        assertThat(world.timers.armed()).isZero();
    }

    @Test
    void everyEventCarriesTheProxyAndTheCallsKey() {
        SetupRequested setup = world.aSetup().build();

        world.connect(setup).ring();

        assertThat(world.sent("carrier.acme.setup-events")).singleElement().satisfies(record -> {
            assertThat(record.key()).isEqualTo(setup.getCallId());
            assertThat(record.headers().lastHeader("reply-to").value())
                    .isEqualTo("p1".getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void aCallEndsWhenItsTimeIsUp() {
        FakeTrunk.Leg leg =
                world.connect(world.aSetup().atMost(Duration.ofSeconds(30)).build());
        leg.answer(ANSWER);

        world.pass(Duration.ofSeconds(31));

        assertThat(leg.hangUps()).containsExactly(new Cause(31));
        assertThat(world.events()).last().isInstanceOfSatisfying(CallReleased.class, released -> {
            assertThat(released.getQ850Cause()).isEqualTo(31);
            assertThat(released.getSource()).isEqualTo(ReleaseSource.GATEWAY);
        });
        CallDetailRecord cdr = world.cdrs().getFirst();
        assertThat(Duration.between(cdr.getAnsweredAt(), cdr.getEndedAt())).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aCallerWhoGivesUpEndsTheTrunkLeg() {
        SetupRequested setup = world.aSetup().build();
        FakeTrunk.Leg leg = world.connect(setup);
        leg.ring();

        world.board.take(setup.getTransactionId(), cancel(setup));
        leg.fail(487);

        assertThat(leg.hangUps()).containsExactly(Cause.NORMAL);
        assertThat(world.cdrs()).singleElement().satisfies(cdr -> {
            assertThat(cdr.getSipStatus()).isEqualTo(487);
            assertThat(cdr.getAnsweredAt()).isNull();
            assertThat(cdr.getReleaseSource()).isEqualTo(ReleaseSource.CALLER);
        });
        assertThat(world.channels.taken()).isZero();
    }

    @Test
    void aReleaseSentTwiceIsOneRelease() {
        SetupRequested setup = world.aSetup().build();
        FakeTrunk.Leg leg = world.connect(setup);
        leg.answer(ANSWER);
        CallEvent release = new CallEvent.Released(
                setup.getCallId(), setup.getTransactionId(), Cause.NORMAL, ReleaseSource.CALLER, world.clock.instant());

        world.board.take(setup.getTransactionId(), release);
        world.board.take(setup.getTransactionId(), release);

        assertThat(leg.hangUps()).hasSize(1);
        assertThat(world.cdrs()).hasSize(1);
        assertThat(world.channels.taken()).isZero();
    }

    @Test
    void aCancelThatDoesNotKnowTheSecretEndsNothing() {
        SetupRequested setup = world.aSetup().build();
        FakeTrunk.Leg leg = world.connect(setup);

        world.board.take("f".repeat(32), cancel(setup));

        assertThat(leg.hangUps()).isEmpty();
        assertThat(world.board.openCalls()).isEqualTo(1);
        assertThat(world.board.disbelieved()).isEqualTo(1);
    }

    @Test
    void aTrunkThatCannotDialFailsTheCall() {
        world.trunk.breakDown();

        world.connectWithoutLeg(world.aSetup().build());

        assertThat(world.events())
                .singleElement()
                .isInstanceOfSatisfying(
                        SetupFailed.class,
                        failed -> assertThat(failed.getSipStatus()).isEqualTo(503));
        assertThat(world.cdrs()).hasSize(1);
        assertThat(world.channels.taken()).isZero();
    }

    @Test
    void aGatewayThatGoesDownEndsAndReportsAllItsCalls() {
        FakeTrunk.Leg up = world.connect(world.aSetup().build());
        up.answer(ANSWER);
        FakeTrunk.Leg ringing = world.connect(world.aSetup().build());
        ringing.ring();

        world.board.endAll().join();

        assertThat(up.hangUps()).hasSize(1);
        assertThat(ringing.hangUps()).hasSize(1);
        assertThat(world.cdrs()).extracting(CallDetailRecord::getSipStatus).containsExactlyInAnyOrder(200, 503);
        assertThat(world.channels.taken()).isZero();
        assertThat(world.journal.openCalls()).isEmpty();
    }

    @Test
    void aCdrThatWasNotAcknowledgedIsSentAgainUntilItIs() {
        FakeTrunk.Leg leg = world.connect(world.aSetup().build());
        world.kafka.sendException = new TimeoutException("no broker");
        leg.fail(486);
        assertThat(world.cdrs()).isEmpty();
        assertThat(world.journal.openCalls()).hasSize(1);

        world.kafka.sendException = null;
        world.pass(Duration.ofSeconds(3));

        assertThat(world.cdrs()).hasSize(1);
        assertThat(world.journal.openCalls()).isEmpty();
    }

    @Test
    void theCallsOfAKilledGatewayAreReportedByTheNext(@TempDir Path other) throws IOException {
        SetupRequested setup = world.aSetup().build();
        world.connect(setup).answer(ANSWER);
        world.pass(Duration.ofSeconds(10));
        world.journal.mark(world.clock.instant());
        Files.copy(directory.resolve("open-calls.journal"), other.resolve("open-calls.journal"));

        try (GatewayWorld next = new GatewayWorld(other, 2)) {
            next.board.reportOpenCallsOfForerunner();

            assertThat(next.cdrs()).singleElement().satisfies(cdr -> {
                assertThat(cdr.getCallId()).isEqualTo(setup.getCallId());
                assertThat(Duration.between(cdr.getAnsweredAt(), cdr.getEndedAt()))
                        .isEqualTo(Duration.ofSeconds(10));
            });
            assertThat(next.events()).singleElement().isInstanceOf(CallReleased.class);
            assertThat(next.journal.openCalls()).isEmpty();
        }
        assertThat(OpenCallJournal.open(other.resolve("open-calls.journal")).openCalls())
                .isEmpty();
    }

    private CallEvent cancel(SetupRequested setup) {
        return new CallEvent.Cancelled(
                setup.getCallId(), setup.getTransactionId(), Cause.NORMAL, world.clock.instant());
    }
}
