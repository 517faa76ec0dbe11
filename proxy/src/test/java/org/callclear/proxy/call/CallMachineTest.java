package org.callclear.proxy.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.proxy.call.Scene.answers;
import static org.callclear.proxy.call.Scene.earlyMedia;
import static org.callclear.proxy.call.Scene.fails;
import static org.callclear.proxy.call.Scene.fired;
import static org.callclear.proxy.call.Scene.leg;
import static org.callclear.proxy.call.Scene.rejects;
import static org.callclear.proxy.call.Scene.releases;
import static org.callclear.proxy.call.Scene.rings;

import java.time.Duration;
import java.util.List;
import org.callclear.proxy.call.CallAction.Answer;
import org.callclear.proxy.call.CallAction.Arm;
import org.callclear.proxy.call.CallAction.Ask;
import org.callclear.proxy.call.CallAction.HangUp;
import org.callclear.proxy.call.CallAction.Progress;
import org.callclear.proxy.call.CallAction.Refuse;
import org.callclear.proxy.call.CallAction.Report;
import org.callclear.proxy.call.CallAction.SendCancel;
import org.callclear.proxy.call.CallAction.SendRelease;
import org.callclear.proxy.call.CallAction.SendSetup;
import org.callclear.proxy.call.CallEvent.CallerCancelled;
import org.callclear.proxy.call.CallEvent.CallerHungUp;
import org.callclear.proxy.call.CallEvent.Confirmed;
import org.callclear.proxy.call.CallEvent.Denied;
import org.callclear.proxy.call.CallEvent.Granted;
import org.callclear.proxy.call.CallEvent.Shutdown;
import org.callclear.proxy.call.CallEvent.Unsent;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.sip.call.Cause;
import org.junit.jupiter.api.Test;

final class CallMachineTest {
    @Test
    void anAnsweredCallIsConnectedAndReportedOnceWithItsTalkTime() {
        Scene scene =
                Scene.granted(1).later(ms(50)).happens(rings(1)).later(ms(950)).happens(answers(1));
        scene.happens(new Confirmed()).later(ms(61_000)).happens(new CallerHungUp(Cause.NORMAL));

        assertThat(scene.only(Progress.class).status()).isEqualTo(180);
        assertThat(scene.only(Answer.class).sdp()).isEqualTo(Scene.SDP);
        assertThat(scene.only(SendRelease.class))
                .isEqualTo(new SendRelease(leg(1), Cause.NORMAL, ReleaseSource.CALLER));
        AttemptReport report = scene.only(Report.class).report();
        assertThat(report.status()).isEqualTo(200);
        assertThat(report.attempt().answeredAt()).isEqualTo(Scene.START.plusMillis(1000));
        assertThat(report.endedAt()).isEqualTo(Scene.START.plusMillis(62_000));
        assertThat(report.source()).isEqualTo(ReleaseSource.CALLER);
        assertThat(scene.all(Refuse.class)).isEmpty();
    }

    @Test
    void theGatewaysReleaseHangsUpOnTheCaller() {
        Scene scene = Scene.granted(1).happens(answers(1)).happens(new Confirmed());
        scene.happens(releases(1));

        assertThat(scene.only(HangUp.class).cause()).isEqualTo(Cause.NORMAL);
        assertThat(scene.all(SendRelease.class)).isEmpty();
        assertThat(scene.only(Report.class).report().source()).isEqualTo(ReleaseSource.CALLED);
    }

    @Test
    void eachGatewayIsTriedInOrderWithItsOwnTokenAndReportedBeforeTheNext() {
        Scene scene = Scene.granted(3).happens(fails(1, 503)).happens(rejects(2, SetupRefusal.NO_FREE_CHANNEL));
        scene.happens(answers(3));

        assertThat(scene.all(SendSetup.class))
                .extracting(setup ->
                        setup.route().leg().gateway() + " " + setup.route().token())
                .containsExactly("gw-1 token-1", "gw-2 token-2", "gw-3 token-3");
        assertThat(scene.all(Report.class))
                .extracting(report -> report.report().attempt().leg())
                .containsExactly(1, 2);
        assertThat(scene.only(Answer.class).attempt().leg()).isEqualTo(3);
    }

    @Test
    void neverMoreGatewaysAreTriedThanConfigured() {
        Scene scene = Scene.granted(5).happens(fails(1, 503)).happens(fails(2, 503));
        scene.happens(fails(3, 503));

        assertThat(scene.all(SendSetup.class)).hasSize(3);
        assertThat(scene.only(Refuse.class).status()).isEqualTo(503);
    }

    @Test
    void theCallersDeadlineGoesWithTheSetUp() {
        Scene scene = Scene.granted(1);

        assertThat(scene.only(SendSetup.class).deadline()).isEqualTo(scene.now().plusSeconds(5));
        assertThat(scene.all(Arm.class)).contains(new Arm(new Timer(Timer.Kind.SETUP, 1), Duration.ofSeconds(5)));
    }

    @Test
    void aSilentGatewayIsCancelledBeforeTheNextIsTried() {
        Scene scene = Scene.granted(2).later(ms(5000));
        scene.happens(fired(Timer.Kind.SETUP, 1));

        assertThat(scene.only(SendCancel.class).leg()).isEqualTo(leg(1));
        assertThat(scene.all(SendSetup.class)).hasSize(2);
        assertThat(positions(scene.done, SendCancel.class)).isLessThan(lastPosition(scene.done, SendSetup.class));
        assertThat(scene.only(Report.class).report().status()).isEqualTo(408);
    }

    @Test
    void aTimeOutOfAnEarlierAttemptDoesNotTouchTheNext() {
        Scene scene = Scene.granted(2).happens(fails(1, 503));
        scene.happens(fired(Timer.Kind.SETUP, 1));

        assertThat(scene.last).isEmpty();
    }

    @Test
    void aGatewayThatAnswersAfterItWasGivenUpIsReleasedThere() {
        Scene scene = Scene.granted(2).happens(fired(Timer.Kind.SETUP, 1));
        scene.happens(answers(1));

        assertThat(scene.only(SendRelease.class).leg()).isEqualTo(leg(1));
        assertThat(scene.all(Answer.class)).isEmpty();
        assertThat(scene.state).isInstanceOf(CallState.Trying.class);
    }

    @Test
    void anAnswerThatCrossesTheCancelIsReleased() {
        Scene scene = Scene.granted(1).happens(rings(1)).happens(new CallerCancelled());
        scene.happens(answers(1));

        assertThat(scene.only(SendCancel.class).leg()).isEqualTo(leg(1));
        assertThat(scene.only(SendRelease.class).leg()).isEqualTo(leg(1));
        assertThat(scene.all(Answer.class)).isEmpty();
        assertThat(scene.only(Report.class).report().status()).isEqualTo(487);
    }

    @Test
    void aCancelThatCrossesTheAnswerIsAnAnsweredCallAndReleased() {
        Scene scene = Scene.granted(1).happens(answers(1));
        scene.happens(new CallerCancelled());

        assertThat(scene.only(SendRelease.class).source()).isEqualTo(ReleaseSource.CALLER);
        assertThat(scene.only(Report.class).report().status()).isEqualTo(200);
        assertThat(scene.all(Refuse.class)).isEmpty();
    }

    @Test
    void anEventWithAnotherTransactionIdIsNotBelieved() {
        Scene scene = Scene.granted(1);
        for (CallEvent lie : List.of(answers(9), rings(9), fails(9, 486), releases(9))) {
            scene.happens(lie);
            assertThat(scene.last).as(lie.toString()).isEmpty();
        }
        assertThat(scene.state).isInstanceOf(CallState.Trying.class);
    }

    @Test
    void aTokenOfALaterRouteDoesNotAnswerTheCurrentAttempt() {
        Scene scene = Scene.granted(2);
        scene.happens(answers(2));

        assertThat(scene.last).isEmpty();
    }

    @Test
    void anUnansweredRequestIsSentAgainTheSame() {
        Scene scene = Scene.asked().later(ms(2000)).happens(fired(Timer.Kind.ASK_AGAIN, 0));
        scene.later(ms(2000)).happens(fired(Timer.Kind.ASK_AGAIN, 0));

        assertThat(scene.all(Ask.class))
                .hasSize(3)
                .containsOnly(scene.all(Ask.class).getFirst());
    }

    @Test
    void aSilentClearinghouseMeans503WithRetryAfterAndALateGrantIsIgnored() {
        Scene scene = Scene.asked().later(ms(6000)).happens(fired(Timer.Kind.AUTHORIZATION, 0));
        scene.happens(Scene.routes(2));

        Refuse refuse = scene.only(Refuse.class);
        assertThat(refuse.status()).isEqualTo(503);
        assertThat(refuse.retryAfter()).isEqualTo(CallPolicy.RETRY_AFTER);
        assertThat(scene.all(SendSetup.class)).isEmpty();
        assertThat(scene.only(Report.class).report().attempt().leg()).isZero();
    }

    @Test
    void aDenialReachesTheCallerWithItsStatusAndCause() {
        Scene scene = Scene.asked();
        scene.happens(new Denied(new Failure(404, Cause.NO_ROUTE)));

        assertThat(scene.only(Refuse.class)).isEqualTo(new Refuse(404, Cause.NO_ROUTE, null));
        AttemptReport report = scene.only(Report.class).report();
        assertThat(report.attempt().leg()).isZero();
        assertThat(report.source()).isEqualTo(ReleaseSource.CLEARINGHOUSE);
    }

    @Test
    void aDenialThatSaysWhenToTryAgainIsPassedOnWhole() {
        Scene scene = Scene.asked();
        scene.happens(new Denied(new Failure(503, Cause.TEMPORARY_FAILURE), Duration.ofSeconds(1)));

        assertThat(scene.only(Refuse.class)).isEqualTo(new Refuse(503, Cause.TEMPORARY_FAILURE, Duration.ofSeconds(1)));
    }

    @Test
    void aGrantWithoutRoutesIsAFailure() {
        Scene scene = Scene.asked();
        scene.happens(new Granted(List.of()));

        assertThat(scene.only(Refuse.class).status()).isEqualTo(500);
    }

    @Test
    void aRepeatedGrantStartsNothingAnew() {
        Scene scene = Scene.granted(2);
        scene.happens(Scene.routes(2));

        assertThat(scene.last).isEmpty();
    }

    @Test
    void ringingTooLongIsCancelledAndHeardAs480() {
        Scene scene = Scene.granted(2).happens(rings(1)).later(ms(60_000));
        scene.happens(fired(Timer.Kind.RINGING, 1));

        assertThat(scene.only(Refuse.class)).isEqualTo(new Refuse(480, Cause.NO_ANSWER, null));
        assertThat(scene.only(SendCancel.class).leg()).isEqualTo(leg(1));
        assertThat(scene.all(SendSetup.class)).hasSize(1);
    }

    @Test
    void afterEarlyMediaNoOtherGatewayTakesOver() {
        Scene scene = Scene.granted(2).happens(earlyMedia(1));
        scene.happens(fails(1, 503));

        assertThat(scene.only(Refuse.class).status()).isEqualTo(503);
        assertThat(scene.all(SendSetup.class)).hasSize(1);
    }

    @Test
    void afterRingingANetworkFailureStillFindsTheNextGateway() {
        Scene scene = Scene.granted(2).happens(rings(1));
        scene.happens(fails(1, 503));

        assertThat(scene.all(SendSetup.class)).hasSize(2);
        assertThat(scene.all(Refuse.class)).isEmpty();
    }

    @Test
    void aSetUpThatCouldNotBeSentIsCancelledAndTheNextIsTried() {
        Scene scene = Scene.granted(2);
        scene.happens(new Unsent(Scene.tx(1)));

        assertThat(scene.only(SendCancel.class).leg()).isEqualTo(leg(1));
        assertThat(scene.all(SendSetup.class)).hasSize(2);
    }

    @Test
    void aReplayedSetUpMayBeUpAndIsCancelled() {
        Scene scene = Scene.granted(1);
        scene.happens(rejects(1, SetupRefusal.REPLAYED));

        assertThat(scene.only(SendCancel.class).leg()).isEqualTo(leg(1));
    }

    @Test
    void theCallerHearsTheBestOfSeveralFailures() {
        Scene scene = Scene.granted(3).happens(fails(1, 403)).happens(fails(2, 503));
        scene.happens(fails(3, 500));

        assertThat(scene.only(Refuse.class).status()).isEqualTo(403);
    }

    @Test
    void whatTheCalledSideSaysWinsOverEarlierFailures() {
        Scene scene = Scene.granted(3).happens(fails(1, 403));
        scene.happens(fails(2, 486));

        assertThat(scene.only(Refuse.class).status()).isEqualTo(486);
        assertThat(scene.all(SendSetup.class)).hasSize(2);
    }

    @Test
    void aGatewayThatNeverEndsTheCallIsOverruled() {
        Scene scene = Scene.granted(1).happens(answers(1)).happens(new Confirmed());
        scene.happens(fired(Timer.Kind.TALK, 1));

        assertThat(scene.only(HangUp.class).cause()).isEqualTo(Cause.TIMER_EXPIRY);
        assertThat(scene.only(SendRelease.class).source()).isEqualTo(ReleaseSource.PROXY);
    }

    @Test
    void aCallerWhoNeverAcknowledgesIsBlamedOnThisSide() {
        Scene scene = Scene.granted(1).happens(answers(1));
        scene.happens(new CallerHungUp(Cause.TIMER_EXPIRY));

        assertThat(scene.only(Report.class).report().source()).isEqualTo(ReleaseSource.PROXY);
        assertThat(scene.only(SendRelease.class).cause()).isEqualTo(Cause.TIMER_EXPIRY);
    }

    @Test
    void aShutdownEndsTheCallInEveryState() {
        List<Scene> scenes = List.of(
                Scene.asked(),
                Scene.granted(2),
                Scene.granted(2).happens(rings(1)),
                Scene.granted(2).happens(answers(1)));

        scenes.forEach(scene -> scene.happens(new Shutdown()));

        assertThat(scenes).allSatisfy(scene -> {
            assertThat(scene.state).isInstanceOf(CallState.Ended.class);
            assertThat(scene.all(Report.class)).hasSize(1);
            assertThat(scene.all(Refuse.class).size() + scene.all(HangUp.class).size())
                    .isEqualTo(1);
        });
    }

    @Test
    void aClockSetBackDoesNotEndACallBeforeItsAnswer() {
        Scene scene = Scene.granted(1).later(ms(1000)).happens(answers(1)).later(ms(-500));
        scene.happens(new CallerHungUp(Cause.NORMAL));

        AttemptReport report = scene.only(Report.class).report();
        assertThat(report.endedAt()).isEqualTo(report.attempt().answeredAt());
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static int positions(List<CallAction> actions, Class<?> kind) {
        for (int i = 0; i < actions.size(); i++) {
            if (kind.isInstance(actions.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static int lastPosition(List<CallAction> actions, Class<?> kind) {
        for (int i = actions.size() - 1; i >= 0; i--) {
            if (kind.isInstance(actions.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
