package org.callclear.proxy.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.callclear.proxy.call.CallAction.Answer;
import org.callclear.proxy.call.CallAction.Arm;
import org.callclear.proxy.call.CallAction.Disarm;
import org.callclear.proxy.call.CallAction.Refuse;
import org.callclear.proxy.call.CallAction.Report;
import org.callclear.proxy.call.CallAction.SendCancel;
import org.callclear.proxy.call.CallAction.SendRelease;
import org.callclear.proxy.call.CallAction.SendSetup;
import org.callclear.proxy.call.CallEvent.CallerCancelled;
import org.callclear.proxy.call.CallEvent.CallerHungUp;
import org.callclear.proxy.call.CallEvent.Confirmed;
import org.callclear.proxy.call.CallEvent.Denied;
import org.callclear.proxy.call.CallEvent.Invited;
import org.callclear.proxy.call.CallEvent.Shutdown;
import org.callclear.proxy.call.CallEvent.Unsent;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.call.TransactionId;
import org.callclear.sip.call.Cause;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What holds for every call, whatever happens to it in whatever order. */
final class RandomHistoriesTest {
    private static final int HISTORIES = 5_000;
    private static final List<SetupRefusal> REFUSALS = List.of(SetupRefusal.values());
    private static final List<Timer.Kind> TIMERS = List.of(Timer.Kind.values());
    private static final int[] STATUSES = {302, 403, 404, 408, 480, 486, 500, 503, 600, 603};

    @RepeatedTest(4)
    void everyCallEndsOnceReportsEachAttemptAndLeavesNothingUp(RepetitionInfo repetition) {
        for (long seed = 0; seed < HISTORIES; seed++) {
            new History(seed * 31 + repetition.getCurrentRepetition()).play();
        }
    }

    private static final class History {
        private final long seed;
        private final Random random;
        private final Scene scene = new Scene();
        private final List<String> story = new ArrayList<>();
        private final Set<Timer> armed = new HashSet<>();
        /** Set-ups that a gateway may hold up now. */
        private final Set<TransactionId> up = new HashSet<>();

        private boolean cancelledByCaller;

        History(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
        }

        void play() {
            happens(new Invited());
            int length = 1 + random.nextInt(25);
            for (int i = 0; i < length; i++) {
                happens(any());
            }
            happens(new Shutdown());
            // What was under way when the call ended may still come.
            for (int i = 0; i < 5; i++) {
                happens(any());
            }
            check();
        }

        private void happens(CallEvent event) {
            if (event instanceof CallerCancelled && !cancelledByCaller) {
                cancelledByCaller =
                        !(scene.state instanceof CallState.Ended || scene.state instanceof CallState.Talking);
            }
            scene.later(Duration.ofMillis(random.nextInt(3000))).happens(event);
            story.add(event.getClass().getSimpleName());
            if (event instanceof CallEvent.Answered answered && known(answered.transactionId())) {
                up.add(answered.transactionId());
            } else if (endsAtGateway(event) && event instanceof CallEvent.OfGateway said) {
                up.remove(said.transactionId());
            }
            scene.last.forEach(this::follow);
        }

        private void follow(CallAction action) {
            switch (action) {
                case Arm arm -> armed.add(arm.timer());
                case Disarm disarm -> armed.remove(disarm.timer());
                case SendSetup setup ->
                    assertThat(up.add(setup.route().leg().transactionId()))
                            .as(place())
                            .isTrue();
                case SendCancel cancel -> up.remove(cancel.leg().transactionId());
                case SendRelease release -> up.remove(release.leg().transactionId());
                default -> {}
            }
        }

        private void check() {
            assertThat(scene.state).as(place()).isInstanceOf(CallState.Ended.class);
            assertThat(scene.all(Refuse.class).size() + scene.all(Answer.class).size() + (cancelledByCaller ? 1 : 0))
                    .as("final SIP outcomes " + place())
                    .isEqualTo(1);
            List<Integer> reported = scene.all(Report.class).stream()
                    .map(report -> report.report().attempt().leg())
                    .toList();
            List<Integer> tried = scene.all(SendSetup.class).stream()
                    .map(setup -> setup.route().leg().leg())
                    .toList();
            assertThat(reported).as("reports " + place()).isEqualTo(tried.isEmpty() ? List.of(0) : tried);
            assertThat(up).as("left up at a gateway " + place()).isEmpty();
            assertThat(armed).as("timers " + place()).isEmpty();
        }

        private boolean known(TransactionId id) {
            return scene.all(SendSetup.class).stream()
                    .anyMatch(setup -> setup.route().leg().transactionId().equals(id));
        }

        private static boolean endsAtGateway(CallEvent event) {
            return event instanceof CallEvent.Failed
                    || event instanceof CallEvent.Released
                    || (event instanceof CallEvent.Rejected rejected && rejected.refusal() != SetupRefusal.REPLAYED);
        }

        private CallEvent any() {
            int leg = 1 + random.nextInt(4);
            return switch (random.nextInt(18)) {
                case 0, 1, 2, 3 -> Scene.routes(random.nextInt(5));
                case 4 -> new Denied(new Failure(403, Cause.REJECTED));
                case 5 -> timer(leg);
                case 6 -> Scene.rings(leg);
                case 7 -> Scene.earlyMedia(leg);
                case 8, 9 -> Scene.answers(leg);
                case 10 -> Scene.rejects(leg, REFUSALS.get(random.nextInt(REFUSALS.size())));
                case 11 -> Scene.fails(leg, STATUSES[random.nextInt(STATUSES.length)]);
                case 12 -> Scene.releases(leg);
                case 13 -> new CallerCancelled();
                case 14 -> new CallerHungUp(Cause.NORMAL);
                case 15 -> new Confirmed();
                case 16 -> new Unsent(Scene.tx(leg));
                default -> random.nextInt(4) == 0 ? new Shutdown() : timer(leg);
            };
        }

        private CallEvent timer(int leg) {
            Timer.Kind kind = TIMERS.get(random.nextInt(TIMERS.size()));
            boolean early = kind == Timer.Kind.ASK_AGAIN || kind == Timer.Kind.AUTHORIZATION;
            return Scene.fired(kind, early ? 0 : leg);
        }

        private String place() {
            return "in history " + seed + ": " + story;
        }
    }
}
