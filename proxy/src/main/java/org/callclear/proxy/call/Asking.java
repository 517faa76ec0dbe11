package org.callclear.proxy.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.proxy.call.CallAction.Arm;
import org.callclear.proxy.call.CallAction.Ask;
import org.callclear.proxy.call.CallAction.Disarm;
import org.callclear.proxy.call.CallAction.Refuse;
import org.callclear.proxy.call.CallAction.Report;
import org.callclear.proxy.call.CallState.Authorizing;
import org.callclear.proxy.call.CallState.Ended;
import org.callclear.proxy.call.CallState.Idle;
import org.callclear.proxy.call.CallState.Summary;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.sip.call.Cause;
import org.jspecify.annotations.Nullable;

/** The part of a call in which the clearinghouse decides. A request without an answer is sent again, the same. */
final class Asking {
    private static final Timer AGAIN = new Timer(Timer.Kind.ASK_AGAIN, 0);
    private static final Timer LIMIT = new Timer(Timer.Kind.AUTHORIZATION, 0);

    private final CallPolicy policy;
    private final Hunting hunting;

    Asking(CallPolicy policy, Hunting hunting) {
        this.policy = policy;
        this.hunting = hunting;
    }

    Step step(Idle state, CallEvent event) {
        if (!(event instanceof CallEvent.Invited)) {
            return Step.stay(state);
        }
        return new Step(
                new Authorizing(state.call()),
                List.of(
                        new Arm(LIMIT, policy.authorizationTimeout()),
                        new Arm(AGAIN, policy.askAgainAfter()),
                        ask(state.call())));
    }

    Step step(Authorizing state, CallEvent event, Instant now) {
        return switch (event) {
            case CallEvent.Granted granted -> granted(state, granted, now);
            case CallEvent.Denied denied ->
                refuse(state, now, denied.failure(), denied.retryAfter(), ReleaseSource.CLEARINGHOUSE, Outcome.DENIED);
            case CallEvent.Fired fired -> fired(state, fired.timer(), now);
            case CallEvent.CallerCancelled cancelled -> givenUp(state, now, List.of());
            case CallEvent.CallerHungUp hungUp -> givenUp(state, now, List.of(Hunting.TERMINATED));
            case CallEvent.Shutdown shutdown ->
                refuse(
                        state,
                        now,
                        Failures.NOT_REACHED,
                        CallPolicy.RETRY_AFTER,
                        ReleaseSource.PROXY,
                        Outcome.SHUT_DOWN);
            default -> Step.stay(state);
        };
    }

    private Step granted(Authorizing state, CallEvent.Granted granted, Instant now) {
        if (granted.routes().isEmpty()) {
            return refuse(
                    state,
                    now,
                    new Failure(500, Cause.TEMPORARY_FAILURE),
                    null,
                    ReleaseSource.CLEARINGHOUSE,
                    Outcome.DENIED);
        }
        List<Route> routes =
                granted.routes().stream().limit(policy.maxGateways()).toList();
        return hunting.attempt(
                Hunt.begin(state.call(), routes, now), now, List.of(new Disarm(AGAIN), new Disarm(LIMIT)));
    }

    private Step fired(Authorizing state, Timer timer, Instant now) {
        if (timer.equals(AGAIN)) {
            return new Step(state, List.of(new Arm(AGAIN, policy.askAgainAfter()), ask(state.call())));
        }
        return timer.equals(LIMIT)
                ? refuse(
                        state,
                        now,
                        Failures.NOT_REACHED,
                        CallPolicy.RETRY_AFTER,
                        ReleaseSource.PROXY,
                        Outcome.NOT_AUTHORIZED_IN_TIME)
                : Step.stay(state);
    }

    private static Step givenUp(Authorizing state, Instant now, List<CallAction> first) {
        return end(state, now, first, Hunting.CANCELLED, ReleaseSource.CALLER, Outcome.CANCELLED);
    }

    private static Step refuse(
            Authorizing state,
            Instant now,
            Failure failure,
            @Nullable Duration retryAfter,
            ReleaseSource source,
            Outcome outcome) {
        Failure heard = Failures.towardsCaller(failure);
        return end(
                state, now, List.of(new Refuse(heard.status(), heard.cause(), retryAfter)), failure, source, outcome);
    }

    private static Step end(
            Authorizing state,
            Instant now,
            List<CallAction> first,
            Failure failure,
            ReleaseSource source,
            Outcome outcome) {
        Attempt attempt = attempt(state.call());
        List<CallAction> actions = new ArrayList<>(first);
        actions.add(new Disarm(AGAIN));
        actions.add(new Disarm(LIMIT));
        actions.add(new Report(attempt.ended(now, failure.status(), failure.cause(), source)));
        Failure heard = Failures.towardsCaller(failure);
        Summary summary = new Summary(outcome, heard.status(), heard.cause(), 0, Duration.ZERO);
        return new Step(new Ended(state.call().id(), summary, List.of()), actions);
    }

    /** Leg 0: the call as long as it is not authorized. */
    static Attempt attempt(Invitation call) {
        return new Attempt(call.id(), null, call.calling(), call.called(), call.at(), null);
    }

    private Ask ask(Invitation call) {
        return new Ask(call, call.at().plus(policy.authorizationTimeout()));
    }
}
