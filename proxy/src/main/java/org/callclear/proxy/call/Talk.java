package org.callclear.proxy.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.proxy.call.CallAction.Disarm;
import org.callclear.proxy.call.CallAction.HangUp;
import org.callclear.proxy.call.CallAction.Report;
import org.callclear.proxy.call.CallAction.SendRelease;
import org.callclear.proxy.call.CallState.Ended;
import org.callclear.proxy.call.CallState.Summary;
import org.callclear.proxy.call.CallState.Talking;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.sip.call.Cause;

/** The part of a call after the called side has answered. Whichever side ends it, the other is told. */
final class Talk {
    private static final int OK = 200;

    Step step(Talking state, CallEvent event, Instant now) {
        Hunt hunt = state.hunt();
        return switch (event) {
            case CallEvent.Confirmed confirmed -> new Step(new Talking(hunt, true), List.of());
            case CallEvent.OfGateway said -> said(state, said, now);
            // Hung up before the ACK: it is this side's user agent that gave up waiting for it.
            case CallEvent.CallerHungUp hungUp ->
                released(hunt, hungUp.cause(), state.confirmed() ? ReleaseSource.CALLER : ReleaseSource.PROXY, now);
            // The CANCEL crossed the answer: the called side did answer, and both sides report so.
            case CallEvent.CallerCancelled cancelled -> released(hunt, Cause.NORMAL, ReleaseSource.CALLER, now);
            case CallEvent.Fired fired ->
                fired.timer().equals(limit(hunt)) ? hungUp(hunt, Cause.TIMER_EXPIRY, now) : Step.stay(state);
            case CallEvent.Shutdown shutdown -> hungUp(hunt, Cause.TEMPORARY_FAILURE, now);
            default -> Step.stay(state);
        };
    }

    Step step(Ended state, CallEvent event) {
        return event instanceof CallEvent.OfGateway said ? Hunting.late(state, state.former(), said) : Step.stay(state);
    }

    /** The timer that ends a call which its gateway should have ended. */
    static Timer limit(Hunt hunt) {
        return new Timer(Timer.Kind.TALK, hunt.leg());
    }

    private static Step said(Talking state, CallEvent.OfGateway said, Instant now) {
        Hunt hunt = state.hunt();
        if (!hunt.isCurrent(said.transactionId())) {
            return Hunting.late(state, hunt.former(), said);
        }
        return said instanceof CallEvent.Released released
                ? ended(hunt, released.cause(), released.source(), now, List.of(new HangUp(released.cause())))
                : Step.stay(state);
    }

    private static Step released(Hunt hunt, Cause cause, ReleaseSource source, Instant now) {
        return ended(
                hunt, cause, source, now, List.of(new SendRelease(hunt.route().leg(), cause, source)));
    }

    private static Step hungUp(Hunt hunt, Cause cause, Instant now) {
        ReleaseSource source = ReleaseSource.PROXY;
        return ended(
                hunt,
                cause,
                source,
                now,
                List.of(new HangUp(cause), new SendRelease(hunt.route().leg(), cause, source)));
    }

    private static Step ended(Hunt hunt, Cause cause, ReleaseSource source, Instant now, List<CallAction> first) {
        AttemptReport report = hunt.attempt().ended(now, OK, cause, source);
        List<CallAction> actions = new ArrayList<>(first);
        actions.add(new Disarm(limit(hunt)));
        actions.add(new Report(report));
        Instant answeredAt = hunt.attempt().answeredAt();
        Duration talked = answeredAt == null ? Duration.ZERO : Duration.between(answeredAt, report.endedAt());
        Summary summary =
                new Summary(Outcome.ANSWERED, OK, cause, hunt.everyLeg().size(), talked);
        return new Step(new Ended(hunt.call().id(), summary, hunt.everyLeg()), actions);
    }
}
