package org.callclear.gateways.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.callclear.gateways.call.CallAction.CountDisbelieved;
import org.callclear.gateways.call.CallAction.HangUp;
import org.callclear.gateways.call.CallAction.NoteAnswer;
import org.callclear.gateways.call.CallAction.Tell;
import org.callclear.gateways.call.CallAction.WriteCdr;
import org.callclear.gateways.call.CallEvent.Cancelled;
import org.callclear.gateways.call.CallEvent.MaxDurationReached;
import org.callclear.gateways.call.CallEvent.Released;
import org.callclear.gateways.call.CallEvent.ShutDown;
import org.callclear.gateways.call.CallEvent.TrunkAnswered;
import org.callclear.gateways.call.CallEvent.TrunkEnded;
import org.callclear.gateways.call.CallEvent.TrunkFailed;
import org.callclear.gateways.call.CallEvent.TrunkProgress;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupAnswered;
import org.callclear.schemas.avro.SetupFailed;
import org.callclear.schemas.avro.SetupProgress;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallMachineTest {
    private static final String CALL = "019ab2c3-0000-7000-8000-000000000001";
    private static final String TRANSACTION = "0123456789abcdef0123456789abcdef";
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant T1 = T0.plusSeconds(1);
    private static final Instant T2 = T0.plusSeconds(2);
    private static final Instant T9 = T0.plusSeconds(9);
    private static final CallFacts FACTS = new CallFacts(
            CallId.parse(CALL),
            2,
            new TransactionId(TRANSACTION),
            new CarrierId("acme"),
            new CarrierId("zenith"),
            new GatewayId("zenith-1"),
            new E164Number("4420700001"),
            new E164Number("35315550100"),
            "p1",
            T0,
            Duration.ofSeconds(30));
    private static final CallState DIALING = new CallState.Dialing(FACTS);
    private static final CallState RINGING = new CallState.Ringing(FACTS);
    private static final CallState ANSWERED = new CallState.Answered(FACTS, T2);
    private static final CallState ENDED =
            new CallState.Ended(FACTS, new Outcome(null, T1, 486, 17, ReleaseSource.CALLED));
    private static final Sdp SDP = new Sdp("v=0");

    @Test
    void aCallThatWasLetInIsDialledWithTheCallersOffer() {
        Step step = CallMachine.begin(FACTS, SDP);

        assertThat(step).isEqualTo(new Step(DIALING, List.of(new CallAction.Dial(SDP))));
    }

    @Test
    void ringingIsToldToTheProxy() {
        Step step = CallMachine.step(DIALING, new TrunkProgress(180, Sdp.NONE, T1));

        assertThat(step.next()).isEqualTo(RINGING);
        assertThat(step.actions())
                .singleElement()
                .isInstanceOfSatisfying(
                        Tell.class,
                        tell -> assertThat(tell.event()).isInstanceOfSatisfying(SetupProgress.class, p -> {
                            assertThat(p.getSipStatus()).isEqualTo(180);
                            assertThat(p.getSdp()).isNull();
                            assertThat(p.getTransactionId()).isEqualTo(TRANSACTION);
                        }));
    }

    @Test
    void theAnswerIsKeptSafeThenToldAndTheTimerArmed() {
        Step step = CallMachine.step(RINGING, new TrunkAnswered(SDP, T2));

        assertThat(step.next()).isEqualTo(ANSWERED);
        assertThat(step.actions()).hasSize(3);
        assertThat(step.actions().get(0)).isEqualTo(new NoteAnswer(T2));
        assertThat(((Tell) step.actions().get(1)).event())
                .isInstanceOfSatisfying(
                        SetupAnswered.class, a -> assertThat(a.getAnsweredAt()).isEqualTo(T2));
        assertThat(step.actions().get(2)).isEqualTo(new CallAction.ArmMaxDuration(T2.plusSeconds(30)));
    }

    /** State, event, cause to hang up with (none: the trunk leg is over), last word, outcome. */
    static Stream<Arguments> ends() {
        Outcome busy = new Outcome(null, T1, 486, 17, ReleaseSource.CALLED);
        Outcome timeout = new Outcome(null, T9, 408, 102, ReleaseSource.GATEWAY);
        Outcome byCaller = new Outcome(null, T1, 487, 16, ReleaseSource.CALLER);
        Outcome byProxy = new Outcome(null, T1, 487, 102, ReleaseSource.PROXY);
        Outcome down = new Outcome(null, T1, 503, 41, ReleaseSource.GATEWAY);
        Outcome talkedByCalled = new Outcome(T2, T9, 200, 16, ReleaseSource.CALLED);
        Outcome talkedByCaller = new Outcome(T2, T9, 200, 16, ReleaseSource.CALLER);
        Outcome talkedByProxy = new Outcome(T2, T9, 200, 16, ReleaseSource.PROXY);
        Outcome talkedOut = new Outcome(T2, T2.plusSeconds(30), 200, 31, ReleaseSource.GATEWAY);
        Outcome talkedDown = new Outcome(T2, T9, 200, 41, ReleaseSource.GATEWAY);
        @Nullable Object none = null;
        return Stream.of(
                Arguments.of(DIALING, new TrunkFailed(486, Cause.BUSY, T1), none, SetupFailed.class, busy),
                Arguments.of(RINGING, new TrunkFailed(486, Cause.BUSY, T1), none, SetupFailed.class, busy),
                Arguments.of(RINGING, new TrunkFailed(408, Cause.TIMER_EXPIRY, T9), none, SetupFailed.class, timeout),
                Arguments.of(DIALING, cancel(Cause.NORMAL, T1), Cause.NORMAL, SetupFailed.class, byCaller),
                Arguments.of(RINGING, cancel(Cause.NORMAL, T1), Cause.NORMAL, SetupFailed.class, byCaller),
                Arguments.of(RINGING, cancel(Cause.TIMER_EXPIRY, T1), Cause.TIMER_EXPIRY, SetupFailed.class, byProxy),
                Arguments.of(RINGING, release(ReleaseSource.CALLER, T1), Cause.NORMAL, SetupFailed.class, byCaller),
                Arguments.of(DIALING, new ShutDown(T1), CallMachine.GOING_DOWN, SetupFailed.class, down),
                Arguments.of(ANSWERED, new TrunkEnded(Cause.NORMAL, T9), none, CallReleased.class, talkedByCalled),
                Arguments.of(ANSWERED, release(ReleaseSource.CALLER, T9), Cause.NORMAL, none, talkedByCaller),
                // A proxy cannot make the called side the one who hung up.
                Arguments.of(ANSWERED, release(ReleaseSource.CALLED, T9), Cause.NORMAL, none, talkedByProxy),
                // The cancel crossed the answer: the call was up, and the proxy may not know.
                Arguments.of(ANSWERED, cancel(Cause.NORMAL, T9), Cause.NORMAL, CallReleased.class, talkedByCaller),
                Arguments.of(
                        ANSWERED,
                        new MaxDurationReached(T2.plusMillis(30_020)),
                        CallMachine.MAX_DURATION,
                        CallReleased.class,
                        talkedOut),
                Arguments.of(ANSWERED, new ShutDown(T9), CallMachine.GOING_DOWN, CallReleased.class, talkedDown));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void anEndHangsUpWhatIsUpTellsWhoDoesNotKnowAndReports(
            CallState state, CallEvent event, @Nullable Cause hangUp, @Nullable Class<?> lastWord, Outcome outcome) {
        Step step = CallMachine.step(state, event);

        assertThat(step.next()).isEqualTo(new CallState.Ended(FACTS, outcome));
        assertThat(step.actions()).last().isEqualTo(new WriteCdr(outcome));
        assertThat(step.actions().stream().filter(HangUp.class::isInstance).toList())
                .isEqualTo(hangUp == null ? List.of() : List.of(new HangUp(hangUp)));
        List<Class<?>> told = step.actions().stream()
                .filter(Tell.class::isInstance)
                .<Class<?>>map(tell -> ((Tell) tell).event().getClass())
                .toList();
        assertThat(told).isEqualTo(lastWord == null ? List.of() : List.of(lastWord));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void aRecordThatDoesNotNameCallAndSecretIsNotBelieved(CallEvent lie) {
        for (CallState state : List.of(DIALING, RINGING, ANSWERED)) {
            assertThat(CallMachine.step(state, lie)).isEqualTo(new Step(state, List.of(new CountDisbelieved())));
        }
    }

    static Stream<CallEvent> lies() {
        String otherCall = CALL.replace('1', '2');
        String otherSecret = "0".repeat(32);
        return Stream.of(
                new Cancelled(CALL, otherSecret, Cause.NORMAL, T9),
                new Cancelled(otherCall, TRANSACTION, Cause.NORMAL, T9),
                new Released(CALL, otherSecret, Cause.NORMAL, ReleaseSource.CALLER, T9),
                new Released(otherCall, TRANSACTION, Cause.NORMAL, ReleaseSource.CALLER, T9),
                new Released("", "", Cause.NORMAL, ReleaseSource.CALLER, T9));
    }

    @ParameterizedTest
    @MethodSource("meaningless")
    void anEventWithNoMeaningChangesNothing(CallState state, CallEvent event) {
        assertThat(CallMachine.step(state, event)).isEqualTo(new Step(state, List.of()));
    }

    static Stream<Arguments> meaningless() {
        return Stream.of(
                Arguments.of(DIALING, new MaxDurationReached(T9)),
                Arguments.of(RINGING, new MaxDurationReached(T9)),
                Arguments.of(ANSWERED, new TrunkProgress(180, Sdp.NONE, T9)),
                Arguments.of(ANSWERED, new TrunkAnswered(SDP, T9)),
                Arguments.of(ENDED, new TrunkProgress(180, Sdp.NONE, T9)),
                Arguments.of(ENDED, new TrunkFailed(487, Cause.NORMAL, T9)),
                Arguments.of(ENDED, new TrunkEnded(Cause.NORMAL, T9)),
                Arguments.of(ENDED, cancel(Cause.NORMAL, T9)),
                Arguments.of(ENDED, release(ReleaseSource.CALLER, T9)),
                Arguments.of(ENDED, new MaxDurationReached(T9)),
                Arguments.of(ENDED, new ShutDown(T9)));
    }

    @Test
    void anAnswerThatCrossedTheEndIsHungUp() {
        Step step = CallMachine.step(ENDED, new TrunkAnswered(SDP, T9));

        assertThat(step).isEqualTo(new Step(ENDED, List.of(new HangUp(Cause.NORMAL))));
    }

    @Test
    void aClockSetBackDoesNotEndACallBeforeItsAnswer() {
        Step step = CallMachine.step(ANSWERED, new TrunkEnded(Cause.NORMAL, T1));

        assertThat(((CallState.Ended) step.next()).outcome().endedAt()).isEqualTo(T2);
    }

    private static Cancelled cancel(Cause cause, Instant at) {
        return new Cancelled(CALL, TRANSACTION, cause, at);
    }

    private static Released release(ReleaseSource source, Instant at) {
        return new Released(CALL, TRANSACTION, Cause.NORMAL, source, at);
    }
}
