package org.callclear.proxy.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.proxy.call.CallAction.Arm;
import org.callclear.proxy.call.CallAction.Disarm;
import org.callclear.proxy.call.CallAction.Progress;
import org.callclear.proxy.call.CallAction.Refuse;
import org.callclear.proxy.call.CallAction.Report;
import org.callclear.proxy.call.CallAction.SendCancel;
import org.callclear.proxy.call.CallAction.SendRelease;
import org.callclear.proxy.call.CallAction.SendSetup;
import org.callclear.proxy.call.CallState.Ended;
import org.callclear.proxy.call.CallState.Ringing;
import org.callclear.proxy.call.CallState.Summary;
import org.callclear.proxy.call.CallState.Talking;
import org.callclear.proxy.call.CallState.Trying;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.sip.call.Cause;
import org.jspecify.annotations.Nullable;

/**
 * The part of a call in which the gateways are tried in order, each with its own token. A gateway that is given up is
 * always told so, after its set-up and before the next gateway's.
 */
final class Hunting {
    static final Failure CANCELLED = new Failure(487, Cause.NORMAL);

    /** A BYE in an early dialog leaves the INVITE to be answered (RFC 3261, 15.1.2). */
    static final CallAction TERMINATED = new Refuse(CANCELLED.status(), CANCELLED.cause(), null);

    private final CallPolicy policy;

    Hunting(CallPolicy policy) {
        this.policy = policy;
    }

    /** Tries the hunt's current route. */
    Step attempt(Hunt hunt, Instant now, List<CallAction> before) {
        List<CallAction> actions = new ArrayList<>(before);
        actions.add(new Arm(setupTimer(hunt), policy.setupTimeout()));
        actions.add(new SendSetup(hunt.call(), hunt.route(), hunt.attempt(), now.plus(policy.setupTimeout())));
        return new Step(new Trying(hunt), actions);
    }

    Step step(Trying state, CallEvent event, Instant now) {
        Hunt hunt = state.hunt();
        return switch (event) {
            case CallEvent.OfGateway said ->
                hunt.isCurrent(said.transactionId())
                        ? said(state, hunt, new Rung(false, false), said, now)
                        : late(state, hunt.former(), said);
            case CallEvent.Fired fired ->
                fired.timer().equals(setupTimer(hunt))
                        ? next(hunt, Failures.NO_SIGN, ReleaseSource.PROXY, new Rung(false, false), true, now)
                        : Step.stay(state);
            case CallEvent.CallerCancelled cancelled -> givenUp(hunt, now, List.of());
            case CallEvent.CallerHungUp hungUp -> givenUp(hunt, now, List.of(TERMINATED));
            case CallEvent.Shutdown shutdown -> shutDown(hunt, now);
            default -> Step.stay(state);
        };
    }

    Step step(Ringing state, CallEvent event, Instant now) {
        Hunt hunt = state.hunt();
        return switch (event) {
            case CallEvent.OfGateway said ->
                hunt.isCurrent(said.transactionId())
                        ? said(state, hunt, new Rung(true, state.earlyMedia()), said, now)
                        : late(state, hunt.former(), said);
            case CallEvent.Fired fired ->
                fired.timer().equals(ringingTimer(hunt)) ? nobodyAnswered(hunt, now) : Step.stay(state);
            case CallEvent.CallerCancelled cancelled -> givenUp(hunt, now, List.of());
            case CallEvent.CallerHungUp hungUp -> givenUp(hunt, now, List.of(TERMINATED));
            case CallEvent.Shutdown shutdown -> shutDown(hunt, now);
            default -> Step.stay(state);
        };
    }

    /** A gateway speaks of an attempt that it was told to give up: only an answer matters, nobody would hang it up. */
    static Step late(CallState state, List<GatewayLeg> former, CallEvent.OfGateway said) {
        if (!(said instanceof CallEvent.Answered)) {
            return Step.stay(state);
        }
        List<CallAction> releases = former.stream()
                .filter(leg -> leg.transactionId().equals(said.transactionId()))
                .<CallAction>map(leg -> new SendRelease(leg, Cause.NORMAL, ReleaseSource.PROXY))
                .toList();
        return new Step(state, releases);
    }

    private Step said(CallState state, Hunt hunt, Rung rung, CallEvent.OfGateway said, Instant now) {
        return switch (said) {
            case CallEvent.Progressed progressed -> progressed(hunt, rung, progressed);
            case CallEvent.Answered answered -> answered(hunt, answered, now);
            case CallEvent.Rejected rejected -> {
                Failure failure = Failures.ofRefusal(rejected.refusal());
                // The first sight of such a set-up may be up: a gateway that was restarted reads it twice.
                boolean mayBeUp = rejected.refusal() == SetupRefusal.REPLAYED
                        || rejected.refusal() == SetupRefusal.USE_UNCONFIRMED;
                yield next(hunt, failure, ReleaseSource.GATEWAY, rung, mayBeUp, now);
            }
            case CallEvent.Failed failed ->
                next(hunt, failed.failure(), Failures.source(failed.failure()), rung, false, now);
            case CallEvent.Released released -> {
                Failure failure = new Failure(503, released.cause());
                yield next(hunt, failure, released.source(), rung, false, now);
            }
            case CallEvent.Unsent unsent ->
                rung.rings()
                        ? Step.stay(state) // It did get through.
                        : next(hunt, Failures.NOT_REACHED, ReleaseSource.PROXY, rung, true, now);
        };
    }

    private Step progressed(Hunt hunt, Rung rung, CallEvent.Progressed event) {
        List<CallAction> actions = new ArrayList<>();
        if (!rung.rings()) {
            actions.add(new Disarm(setupTimer(hunt)));
            actions.add(new Arm(ringingTimer(hunt), policy.ringingTimeout()));
        }
        actions.add(new Progress(event.status(), event.sdp()));
        boolean earlyMedia = rung.earlyMedia() || !event.sdp().isEmpty();
        return new Step(new Ringing(hunt, earlyMedia), actions);
    }

    private static Step answered(Hunt hunt, CallEvent.Answered event, Instant now) {
        Hunt up = hunt.answered(now);
        return new Step(
                new Talking(up, false),
                List.of(
                        new Disarm(setupTimer(hunt)),
                        new Disarm(ringingTimer(hunt)),
                        new CallAction.Answer(up.attempt(), event.sdp()),
                        new Arm(Talk.limit(up), up.route().maxDuration().plus(CallPolicy.TALK_GRACE))));
    }

    /** The current attempt has failed: on to the next gateway when that may help, else the caller hears of it. */
    private Step next(Hunt hunt, Failure failure, ReleaseSource source, Rung rung, boolean mayBeUp, Instant now) {
        List<CallAction> actions = giveUp(hunt, failure, source, mayBeUp, now);
        boolean worthIt = Failures.worthHunting(failure, rung.rings()) && !rung.earlyMedia();
        if (worthIt && !hunt.remaining().isEmpty()) {
            return attempt(hunt.next(failure, now), now, actions);
        }
        // A final answer of the called side is what the caller must hear, whatever other gateways said before.
        Failure heard = worthIt ? hunt.withFailure(failure) : failure;
        return refuse(hunt, Failures.towardsCaller(heard), Outcome.FAILED, actions);
    }

    private Step nobodyAnswered(Hunt hunt, Instant now) {
        Failure failure = Failures.NOBODY_ANSWERED;
        List<CallAction> actions = giveUp(hunt, failure, ReleaseSource.PROXY, true, now);
        return refuse(hunt, failure, Outcome.NOT_ANSWERED, actions);
    }

    private Step shutDown(Hunt hunt, Instant now) {
        List<CallAction> actions = giveUp(hunt, Failures.NOT_REACHED, ReleaseSource.PROXY, true, now);
        return refuse(hunt, Failures.NOT_REACHED, Outcome.SHUT_DOWN, actions);
    }

    private static Step givenUp(Hunt hunt, Instant now, List<CallAction> last) {
        List<CallAction> actions = giveUp(hunt, CANCELLED, ReleaseSource.CALLER, true, now);
        actions.addAll(last);
        return new Step(ended(hunt, CANCELLED, Outcome.CANCELLED), actions);
    }

    private static Step refuse(Hunt hunt, Failure heard, Outcome outcome, List<CallAction> actions) {
        @Nullable Duration retryAfter = heard.status() == 503 ? CallPolicy.RETRY_AFTER : null;
        actions.add(new Refuse(heard.status(), heard.cause(), retryAfter));
        return new Step(ended(hunt, heard, outcome), actions);
    }

    private static List<CallAction> giveUp(
            Hunt hunt, Failure failure, ReleaseSource source, boolean mayBeUp, Instant now) {
        List<CallAction> actions = new ArrayList<>();
        actions.add(new Disarm(setupTimer(hunt)));
        actions.add(new Disarm(ringingTimer(hunt)));
        if (mayBeUp) {
            actions.add(new SendCancel(hunt.route().leg(), failure.cause()));
        }
        actions.add(new Report(hunt.attempt().ended(now, failure.status(), failure.cause(), source)));
        return actions;
    }

    private static Ended ended(Hunt hunt, Failure heard, Outcome outcome) {
        Summary summary = new Summary(
                outcome, heard.status(), heard.cause(), hunt.everyLeg().size(), Duration.ZERO);
        return new Ended(hunt.call().id(), summary, hunt.everyLeg());
    }

    private static Timer setupTimer(Hunt hunt) {
        return new Timer(Timer.Kind.SETUP, hunt.leg());
    }

    private static Timer ringingTimer(Hunt hunt) {
        return new Timer(Timer.Kind.RINGING, hunt.leg());
    }

    /** What the caller has heard of the current attempt. */
    private record Rung(boolean rings, boolean earlyMedia) {}
}
