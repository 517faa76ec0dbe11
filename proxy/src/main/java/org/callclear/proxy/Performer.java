package org.callclear.proxy;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.callclear.proxy.CallCounters.Stage;
import org.callclear.proxy.Switchboard.Tools;
import org.callclear.proxy.call.Attempt;
import org.callclear.proxy.call.CallAction;
import org.callclear.proxy.call.CallEvent;
import org.callclear.proxy.call.CallState;
import org.callclear.proxy.call.Invitation;
import org.callclear.proxy.call.Step;
import org.callclear.schemas.call.CallId;
import org.callclear.sip.call.IncomingCall;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what calls want done: an attempt is in the journal before its set-up is sent, a report before it is sent. */
final class Performer {
    private static final Logger LOG = LoggerFactory.getLogger(Performer.class);
    private static final int OK = 200;

    private final Tools tools;
    private final Reports reports;
    private final CallCounters counters;
    private final BiConsumer<CallId, CallEvent> happened;

    Performer(Tools tools, Reports reports, CallCounters counters, BiConsumer<CallId, CallEvent> happened) {
        this.tools = tools;
        this.reports = reports;
        this.counters = counters;
        this.happened = happened;
    }

    void perform(CallId id, LiveCall call, CallState before, Step step, Instant now) {
        measure(call, before, step.next(), now);
        if (before instanceof CallState.Idle idle && step.next() instanceof CallState.Authorizing) {
            Invitation asked = idle.call();
            tools.journal().opened(new Attempt(id, null, asked.calling(), asked.called(), asked.at(), null));
        }
        for (CallAction action : step.actions()) {
            try {
                perform(id, call, action, now);
            } catch (RuntimeException e) { // The other actions must be done all the same.
                LOG.error("call {}: {} failed", id, action.getClass().getSimpleName(), e);
            }
        }
    }

    private void perform(CallId id, LiveCall call, CallAction action, Instant now) {
        switch (action) {
            case CallAction.Ask ask -> tools.exchange().ask(ask.call(), ask.until());
            case CallAction.SendSetup setup -> setUp(id, setup, now);
            case CallAction.SendCancel cancel -> tools.exchange().cancel(id, cancel.leg(), cancel.cause(), now);
            case CallAction.SendRelease release ->
                tools.exchange().release(id, release.leg(), release.cause(), release.source(), now);
            case CallAction.Report report -> reports.report(report.report());
            case CallAction.Arm arm ->
                call.arm(
                        arm.timer(),
                        tools.timers().after(arm.after(), () -> happened.accept(id, new CallEvent.Fired(arm.timer()))));
            case CallAction.Disarm disarm -> call.disarm(disarm.timer());
            case CallAction.Progress progress -> {
                caller(call).progress(progress.status(), progress.sdp());
                counters.responded(progress.status());
            }
            case CallAction.Answer answer -> {
                tools.journal().answered(answer.attempt());
                caller(call).answer(answer.sdp());
                counters.responded(OK);
            }
            case CallAction.Refuse refuse -> {
                caller(call).refuse(refuse.status(), refuse.cause(), refuse.retryAfter());
                counters.responded(refuse.status());
            }
            case CallAction.HangUp hangUp -> caller(call).hangUp(hangUp.cause());
        }
    }

    private void setUp(CallId id, CallAction.SendSetup setup, Instant now) {
        tools.journal().opened(setup.attempt());
        counters.attempted(setup.attempt().leg() > 1);
        var unused = tools.exchange()
                .setUp(setup.call(), setup.route(), now, setup.deadline())
                .whenComplete((sent, e) -> {
                    if (e != null) {
                        LOG.warn(
                                "call {} leg {}: set-up not sent: {}",
                                id,
                                setup.attempt().leg(),
                                e.toString());
                        happened.accept(
                                id, new CallEvent.Unsent(setup.route().leg().transactionId()));
                    }
                });
    }

    private void measure(LiveCall call, CallState before, CallState after, Instant now) {
        if (before instanceof CallState.Authorizing authorizing && !(after instanceof CallState.Authorizing)) {
            counters.took(
                    Stage.AUTHORIZATION, Duration.between(authorizing.call().at(), now));
        }
        if (before instanceof CallState.Trying trying
                && (after instanceof CallState.Ringing || after instanceof CallState.Talking)) {
            counters.took(
                    Stage.GATEWAY, Duration.between(trying.hunt().attempt().setupAt(), now));
            if (call.ringsForTheFirstTime()) {
                counters.took(
                        Stage.RINGING, Duration.between(trying.hunt().call().at(), now));
            }
        }
        if (after instanceof CallState.Talking talking && !(before instanceof CallState.Talking)) {
            counters.took(Stage.ANSWER, Duration.between(talking.hunt().call().at(), now));
        }
    }

    private static IncomingCall caller(LiveCall call) {
        IncomingCall sip = call.sip();
        if (sip == null) {
            throw new IllegalStateException("the call is over");
        }
        return sip;
    }

    /** What the caller asked for; null when the call is over. */
    static @Nullable Invitation invitation(CallState state) {
        return switch (state) {
            case CallState.Idle idle -> idle.call();
            case CallState.Authorizing authorizing -> authorizing.call();
            case CallState.Trying trying -> trying.hunt().call();
            case CallState.Ringing ringing -> ringing.hunt().call();
            case CallState.Talking talking -> talking.hunt().call();
            case CallState.Ended ended -> null;
        };
    }
}
