package org.callclear.gateways.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.gateways.call.CallAction.ArmMaxDuration;
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
import org.callclear.gateways.call.CallState.Answered;
import org.callclear.gateways.call.CallState.Dialing;
import org.callclear.gateways.call.CallState.Ended;
import org.callclear.gateways.call.CallState.Ringing;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;

/**
 * The life of a call. Every way to the end passes {@link #over}, so every call that was let in is reported exactly once
 * and the proxy hears at most one last word.
 *
 * <p>A proxy that released an answered call is not told what it said itself. It is told when it merely cancelled, for
 * the answer may have crossed the cancel (RFC 3261, 9.1); the call then counts as answered, because the trunk counts it
 * so.
 */
public final class CallMachine {
    /**
     * The end at the token's {@code maxDuration} is Q.850 cause 31, normal, unspecified. Cause 102 would be wrong: it
     * is for timers of error handling procedures (Q.850, 2.2.7), and nothing failed here.
     */
    public static final Cause MAX_DURATION = new Cause(31);

    /** A gateway that goes down ends its calls with Q.850 cause 41, temporary failure: another may be tried. */
    public static final Cause GOING_DOWN = Cause.TEMPORARY_FAILURE;

    /** Final status of a set-up that the gateway itself gave up. */
    public static final int GATEWAY_FAILED = 503;

    private static final int OK = 200;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int REQUEST_TERMINATED = 487;
    private static final int SERVER_ERROR = 500;

    private CallMachine() {}

    /** A call was let in. */
    public static Step begin(CallFacts facts, Sdp offer) {
        return Step.to(new Dialing(facts), new CallAction.Dial(offer));
    }

    /** Something happened. An event that has no meaning in a state changes nothing. */
    public static Step step(CallState state, CallEvent event) {
        if (state instanceof Ended ended) {
            return afterEnd(ended, event);
        }
        return switch (event) {
            case TrunkProgress p -> progress(state, p);
            case TrunkAnswered a -> answer(state, a);
            case TrunkFailed f -> over(state, Ending.heard(f.status(), f.cause(), failer(f), f.at()));
            // Before the answer no user agent should say this; if one does, the call is over all the same.
            case TrunkEnded e -> over(state, Ending.heard(SERVER_ERROR, e.cause(), ReleaseSource.CALLED, e.at()));
            case Cancelled c -> cancel(state, c);
            case Released r -> release(state, r);
            case MaxDurationReached m -> maxDuration(state);
            case ShutDown s ->
                over(state, Ending.chosen(GATEWAY_FAILED, GOING_DOWN, ReleaseSource.GATEWAY, s.at(), true));
        };
    }

    /** An answer that crossed the cancel must not stay up: nobody would pay for it. */
    private static Step afterEnd(Ended state, CallEvent event) {
        return event instanceof TrunkAnswered ? Step.to(state, new HangUp(Cause.NORMAL)) : Step.to(state);
    }

    private static Step progress(CallState state, TrunkProgress progress) {
        if (state instanceof Answered) {
            return Step.to(state);
        }
        CallFacts facts = state.facts();
        return Step.to(
                new Ringing(facts),
                new Tell(CallEvents.progress(facts, progress.status(), progress.sdp(), progress.at())));
    }

    private static Step answer(CallState state, TrunkAnswered answer) {
        if (state instanceof Answered) {
            return Step.to(state);
        }
        CallFacts facts = state.facts();
        return Step.to(
                new Answered(facts, answer.at()),
                new NoteAnswer(answer.at()),
                new Tell(CallEvents.answered(facts, answer.sdp(), answer.at())),
                new ArmMaxDuration(answer.at().plus(facts.maxDuration())));
    }

    private static Step cancel(CallState state, Cancelled cancel) {
        if (!isNamed(state.facts(), cancel.callId(), cancel.transactionId())) {
            return Step.to(state, new CountDisbelieved());
        }
        // A proxy cancels with normal clearing for its caller, and with another cause for reasons of its own.
        ReleaseSource source = cancel.cause().equals(Cause.NORMAL) ? ReleaseSource.CALLER : ReleaseSource.PROXY;
        return over(state, Ending.chosen(REQUEST_TERMINATED, cancel.cause(), source, cancel.at(), true));
    }

    private static Step release(CallState state, Released release) {
        if (!isNamed(state.facts(), release.callId(), release.transactionId())) {
            return Step.to(state, new CountDisbelieved());
        }
        // The proxy speaks for its side only.
        ReleaseSource source = release.source() == ReleaseSource.CALLER ? ReleaseSource.CALLER : ReleaseSource.PROXY;
        boolean tell = !(state instanceof Answered);
        return over(state, Ending.chosen(REQUEST_TERMINATED, release.cause(), source, release.at(), tell));
    }

    private static Step maxDuration(CallState state) {
        if (!(state instanceof Answered answered)) {
            return Step.to(state);
        }
        // The talk that is paid for ended when the timer was due, not when the machine got round to it.
        Instant due = answered.answeredAt().plus(answered.facts().maxDuration());
        return over(state, Ending.chosen(OK, MAX_DURATION, ReleaseSource.GATEWAY, due, true));
    }

    private static Step over(CallState state, Ending ending) {
        CallFacts facts = state.facts();
        Outcome outcome = outcome(state, ending);
        List<CallAction> actions = new ArrayList<>();
        if (ending.hangUp()) {
            actions.add(new HangUp(ending.cause()));
        }
        if (ending.tell()) {
            actions.add(new Tell(CallEvents.last(facts, outcome)));
        }
        actions.add(new WriteCdr(outcome));
        return new Step(new Ended(facts, outcome), actions);
    }

    private static Outcome outcome(CallState state, Ending ending) {
        int q850 = ending.cause().q850();
        if (state instanceof Answered answered) {
            Instant end = later(answered.answeredAt(), ending.at());
            return new Outcome(answered.answeredAt(), end, OK, q850, ending.source());
        }
        Instant end = later(state.facts().setupAt(), ending.at());
        return new Outcome(null, end, ending.status(), q850, ending.source());
    }

    /** A clock that was set back must not make a call end before it began. */
    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static boolean isNamed(CallFacts facts, String callId, String transactionId) {
        return facts.call().toString().equals(callId)
                && facts.transaction().hex().equals(transactionId);
    }

    private static ReleaseSource failer(TrunkFailed failed) {
        return failed.status() == REQUEST_TIMEOUT ? ReleaseSource.GATEWAY : ReleaseSource.CALLED;
    }

    /**
     * An end.
     *
     * @param hangUp whether the trunk leg is still to be ended
     * @param tell whether the proxy is still to be told
     * @param status final status if the call was not answered
     */
    private record Ending(boolean hangUp, boolean tell, int status, Cause cause, ReleaseSource source, Instant at) {
        static Ending heard(int status, Cause cause, ReleaseSource source, Instant at) {
            return new Ending(false, true, status, cause, source, at);
        }

        static Ending chosen(int status, Cause cause, ReleaseSource source, Instant at, boolean tell) {
            return new Ending(true, tell, status, cause, source, at);
        }
    }
}
