package org.callclear.gateways.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.gateways.GatewayWorld;
import org.callclear.gateways.call.CallEvent;
import org.callclear.gateways.gate.Judgement;
import org.callclear.gateways.pstn.Pace;
import org.callclear.gateways.pstn.SimulatedPstn;
import org.callclear.gateways.switching.ScheduledTimers;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupAnswered;
import org.callclear.schemas.avro.SetupFailed;
import org.callclear.schemas.avro.SetupProgress;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.E164Number;
import org.callclear.sip.agent.SipSettings;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.Cause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway's switchboard and the simulated network, with nothing but UDP between them. */
class CallsOverSipTest {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    Path directory;

    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ScheduledTimers timers = new ScheduledTimers("test-timers");
    private SimulatedPstn pstn;
    private SipUserAgent agent;
    private GatewayWorld world;

    @BeforeEach
    void start() {
        pstn = SimulatedPstn.start(FREE, new Pace(Duration.ofMillis(100), Duration.ofMillis(300)));
        agent = SipUserAgent.start(SipSettings.of(FREE, "test gateway", null));
        world = new GatewayWorld(directory, 60, agent, pstn.address(), workers, true, timers);
    }

    @AfterEach
    void stop() {
        agent.close();
        pstn.close();
        timers.close();
        workers.shutdown();
        world.close();
    }

    @Test
    void anAnsweredCallTalksUntilTheCallerReleasesIt() {
        SetupRequested setup = call("35315550100");
        awaitEvent(SetupAnswered.class);
        await().atMost(SOON).until(() -> pstn.callsUp() == 1);

        release(setup);

        CallDetailRecord cdr = awaitCdr();
        assertThat(cdr.getSipStatus()).isEqualTo(200);
        assertThat(cdr.getReleaseSource()).isEqualTo(ReleaseSource.CALLER);
        await().atMost(SOON).until(() -> pstn.callsUp() == 0);
        assertThat(kinds()).containsExactly("SetupProgress", "SetupAnswered");
        assertThat(world.events().getLast())
                .isInstanceOfSatisfying(
                        SetupAnswered.class,
                        a -> assertThat(a.getSdp().remaining()).isPositive());
        assertThat(pstn.callsTo(new E164Number("35315550100"))).isEqualTo(1);
    }

    @Test
    void earlyMediaReachesTheProxy() {
        call("35315550190");
        awaitEvent(SetupAnswered.class);

        assertThat(world.events().getFirst()).isInstanceOfSatisfying(SetupProgress.class, progress -> {
            assertThat(progress.getSipStatus()).isEqualTo(183);
            assertThat(progress.getSdp()).isNotNull();
        });
    }

    @Test
    void aBusySubscriberFailsTheCall() {
        assertFailure("35315550191", 486, 17);
    }

    @Test
    void aSubscriberWhoRefusesFailsTheCall() {
        assertFailure("35315550193", 603, 21);
    }

    @Test
    void aNumberNobodyHasFailsTheCall() {
        assertFailure("35315550194", 404, 1);
    }

    @Test
    void aCongestedNetworkFailsTheCall() {
        assertFailure("35315550195", 503, 34);
    }

    @Test
    void aCallerWhoGivesUpStopsTheRinging() {
        SetupRequested setup = call("35315550192");
        awaitEvent(SetupProgress.class);

        world.board.take(
                setup.getTransactionId(),
                new CallEvent.Cancelled(
                        setup.getCallId(), setup.getTransactionId(), Cause.NORMAL, world.clock.instant()));

        assertThat(awaitCdr().getSipStatus()).isEqualTo(487);
        assertThat(kinds()).containsExactly("SetupProgress", "SetupFailed");
    }

    @Test
    void aSubscriberWhoHangsUpReleasesTheCall() {
        call("35315550196");

        CallDetailRecord cdr = awaitCdr();

        assertThat(cdr.getReleaseSource()).isEqualTo(ReleaseSource.CALLED);
        assertThat(kinds()).containsExactly("SetupProgress", "SetupAnswered", "CallReleased");
    }

    @Test
    void theTrunkLegEndsWithTheTokensTime() {
        SetupRequested setup = world.aSetup()
                .calling("35315550100")
                .atMost(Duration.ofSeconds(1))
                .build();
        world.board.connect((Judgement.LetIn) world.judge(setup));

        CallDetailRecord cdr = awaitCdr();

        assertThat(Duration.between(cdr.getAnsweredAt(), cdr.getEndedAt())).isEqualTo(Duration.ofSeconds(1));
        assertThat(world.events().getLast())
                .isInstanceOfSatisfying(
                        CallReleased.class, r -> assertThat(r.getQ850Cause()).isEqualTo(31));
        await().atMost(SOON).until(() -> pstn.calls() == 1 && pstn.callsUp() == 0);
    }

    @Test
    void fiftyCallsAtOnceAreAllAnsweredAndAllEnd() {
        List<SetupRequested> setups = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            setups.add(call("353155502%02d".formatted(i)));
        }
        await().atMost(SOON).until(() -> pstn.callsUp() == 50);
        assertThat(world.channels.taken()).isEqualTo(50);

        setups.forEach(this::release);

        await().atMost(SOON).until(() -> world.cdrs().size() == 50 && pstn.callsUp() == 0);
        assertThat(world.cdrs())
                .allSatisfy(cdr -> assertThat(cdr.getSipStatus()).isEqualTo(200));
        assertThat(world.cdrs()).extracting(CallDetailRecord::getCallId).doesNotHaveDuplicates();
        assertThat(world.channels.taken()).isZero();
        assertThat(pstn.calls()).isEqualTo(50);
    }

    @Test
    void aGatewayThatGoesDownHangsUpOnTheNetworkSide() {
        call("35315550100");
        call("35315550192");
        await().atMost(SOON).until(() -> pstn.callsUp() == 1 && pstn.calls() == 2);

        world.board.endAll().join();

        assertThat(world.cdrs()).hasSize(2);
        await().atMost(SOON).until(() -> pstn.callsUp() == 0);
    }

    private void assertFailure(String called, int status, int q850) {
        call(called);

        CallDetailRecord cdr = awaitCdr();

        assertThat(cdr.getSipStatus()).isEqualTo(status);
        assertThat(cdr.getAnsweredAt()).isNull();
        assertThat(world.events().getLast()).isInstanceOfSatisfying(SetupFailed.class, failed -> {
            assertThat(failed.getSipStatus()).isEqualTo(status);
            assertThat(failed.getQ850Cause()).isEqualTo(q850);
        });
        assertThat(world.channels.taken()).isZero();
    }

    private SetupRequested call(String called) {
        SetupRequested setup = world.aSetup().calling(called).build();
        world.board.connect((Judgement.LetIn) world.judge(setup));
        return setup;
    }

    private void release(SetupRequested setup) {
        world.board.take(
                setup.getTransactionId(),
                new CallEvent.Released(
                        setup.getCallId(),
                        setup.getTransactionId(),
                        Cause.NORMAL,
                        ReleaseSource.CALLER,
                        Clock.systemUTC().instant()));
    }

    private void awaitEvent(Class<? extends SpecificRecord> kind) {
        await().atMost(SOON).until(() -> world.events().stream().anyMatch(kind::isInstance));
    }

    private CallDetailRecord awaitCdr() {
        await().atMost(SOON).until(() -> !world.cdrs().isEmpty());
        return world.cdrs().getFirst();
    }

    private List<String> kinds() {
        return world.events().stream().map(event -> event.getSchema().getName()).toList();
    }
}
