package org.callclear.proxy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.callclear.proxy.CallCounters.Refusal;
import org.callclear.proxy.call.CallEvent;
import org.callclear.proxy.call.CallMachine;
import org.callclear.proxy.call.CallPolicy;
import org.callclear.proxy.call.CallState;
import org.callclear.proxy.call.Exchange;
import org.callclear.proxy.call.Invitation;
import org.callclear.proxy.call.Step;
import org.callclear.proxy.journal.CallJournal;
import org.callclear.proxy.number.DialledNumber;
import org.callclear.proxy.number.NumberReader;
import org.callclear.proxy.subscribers.Subscribers;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.E164Number;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.IncomingCall;
import org.callclear.sip.call.IncomingCalls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop around the calls: takes in what happens, asks the {@link CallMachine} what it means, has it done. What
 * happens to one call is worked off in order by one thread, never by the thread that brings it.
 */
final class Switchboard implements IncomingCalls {
    /** How long a call that is over is remembered, for gateways that answer late. */
    static final Duration REMEMBERED = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(Switchboard.class);
    private static final int FORBIDDEN = 403;
    private static final int REQUEST_TERMINATED = 487;
    private static final int UNAVAILABLE = 503;

    private static final IncomingCall.Listener NOBODY = new IncomingCall.Listener() {
        @Override
        public void cancelled() {}

        @Override
        public void confirmed() {}

        @Override
        public void ended(Cause cause) {}
    };

    private final Tools tools;
    private final CallMachine machine;
    private final CallCounters counters;
    private final Performer performer;
    private final NumberReader numbers = new NumberReader();
    private final Map<CallId, LiveCall> calls = new ConcurrentHashMap<>();
    private final Queue<CallId> over = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Backlog backlog;
    private volatile boolean draining;

    /**
     * What the switchboard works with.
     *
     * @param mostCalls how many calls may be under way at once
     * @param workers the executor of a call; must run one thing at a time for it, in order
     */
    record Tools(
            Subscribers subscribers,
            Exchange exchange,
            CallJournal journal,
            Function<CallId, Executor> workers,
            Timers timers,
            Clock clock,
            RandomGenerator random,
            CallPolicy policy,
            int mostCalls) {}

    Switchboard(Tools tools, Reports reports, CallCounters counters) {
        this.tools = tools;
        this.machine = new CallMachine(tools.policy());
        this.counters = counters;
        this.backlog = new Backlog(tools.policy().lateAfter());
        this.performer = new Performer(tools, reports, counters, this::happened);
    }

    @Override
    public void invited(IncomingCall sip) {
        if (draining) {
            refuse(sip, UNAVAILABLE, Cause.TEMPORARY_FAILURE, Refusal.SHUTTING_DOWN);
        } else if (!tools.journal().isHealthy()
                || open.get() >= tools.mostCalls()
                || backlog.refuses(tools.clock().instant())) {
            refuse(sip, UNAVAILABLE, Cause.NO_CIRCUIT, Refusal.OVERLOAD);
        } else {
            switch (numbers.read(sip.called())) {
                case DialledNumber.Invalid no -> refuse(sip, no.status(), no.cause(), Refusal.BAD_CALLED_NUMBER);
                case DialledNumber.Valid called ->
                    tools.subscribers()
                            .callingNumber(sip.user(), sip.calling())
                            .ifPresentOrElse(
                                    calling -> begin(sip, calling, called.number()),
                                    () -> refuse(sip, FORBIDDEN, Cause.REJECTED, Refusal.NO_CALLING_NUMBER));
            }
        }
    }

    /** Takes in what the clearinghouse or a gateway says; unknown calls are passed over. */
    void heard(CallId id, CallEvent event) {
        if (calls.containsKey(id)) {
            happened(id, event);
        }
    }

    /** Refuses new calls and ends those under way. */
    void drain() {
        draining = true;
        calls.keySet().forEach(id -> happened(id, new CallEvent.Shutdown()));
    }

    /** How many calls are under way. */
    int open() {
        return open.get();
    }

    /** How many calls are known, with those over that are still remembered. */
    int known() {
        return calls.size();
    }

    /** Forgets calls that have been over for long. */
    void forget() {
        Instant now = tools.clock().instant();
        for (CallId id = over.peek(); id != null; id = over.peek()) {
            LiveCall call = calls.get(id);
            if (call != null && call.forgetAt().isAfter(now) && over.size() <= tools.mostCalls() * 10) {
                return;
            }
            calls.remove(id);
            over.poll();
        }
    }

    private void begin(IncomingCall sip, E164Number calling, E164Number called) {
        Instant now = tools.clock().instant();
        CallId id = CallId.mint(now, tools.random());
        Invitation invitation = new Invitation(id, sip.sipCallId(), calling, called, sip.sdp(), now);
        open.incrementAndGet();
        backlog.begins();
        calls.put(id, new LiveCall(invitation, sip));
        sip.listen(new Caller(id));
        happened(id, new CallEvent.Invited());
    }

    private void happened(CallId id, CallEvent event) {
        try {
            tools.workers().apply(id).execute(() -> step(id, event));
        } catch (RejectedExecutionException e) {
            LOG.debug("call {}: {} came after the end", id, event.getClass().getSimpleName());
        }
    }

    private void step(CallId id, CallEvent event) {
        LiveCall call = calls.get(id);
        if (call == null) {
            return;
        }
        CallState before = call.state();
        Instant now = tools.clock().instant();
        Step step = machine.step(before, event, now);
        call.become(step.next());
        follow(call, event, before, now);
        performer.perform(id, call, before, step, now);
        if (event instanceof CallEvent.Fired fired && !step.actions().isEmpty()) {
            counters.timedOut(fired.timer().kind());
        }
        if (step.next() instanceof CallState.Ended ended && !(before instanceof CallState.Ended)) {
            call.over(now.plus(REMEMBERED));
            over.add(id);
            counters.ended(ended.summary().outcome());
            log(id, before, ended.summary());
            open.decrementAndGet();
        }
    }

    private void follow(LiveCall call, CallEvent event, CallState before, Instant now) {
        if (waits(before) && !waits(call.state())) {
            backlog.ends();
        }
        boolean decision = event instanceof CallEvent.Granted || event instanceof CallEvent.Denied;
        if (decision && call.isDecidedForTheFirstTime()) {
            backlog.decided(call.invitedAt(), now);
        }
    }

    private static boolean waits(CallState state) {
        return state instanceof CallState.Idle || state instanceof CallState.Authorizing;
    }

    private void refuse(IncomingCall sip, int status, Cause cause, Refusal refusal) {
        counters.refused(refusal);
        counters.responded(status);
        LOG.debug("refused with {} before a call began: {}", status, refusal);
        sip.listen(NOBODY);
        sip.refuse(status, cause, status == UNAVAILABLE ? CallPolicy.RETRY_AFTER : null);
    }

    private static void log(CallId id, CallState before, CallState.Summary summary) {
        Invitation call = Performer.invitation(before);
        LOG.info(
                "call {} {} status {} cause {} attempts {} talked {} ms, {} to {}",
                id,
                summary.outcome(),
                summary.status(),
                summary.cause().q850(),
                summary.attempts(),
                summary.talked().toMillis(),
                call == null ? "?" : call.calling(),
                call == null ? "?" : call.called());
    }

    /** What the caller does, as events. */
    private final class Caller implements IncomingCall.Listener {
        private final CallId id;

        Caller(CallId id) {
            this.id = id;
        }

        @Override
        public void cancelled() {
            counters.responded(REQUEST_TERMINATED);
            happened(id, new CallEvent.CallerCancelled());
        }

        @Override
        public void confirmed() {
            happened(id, new CallEvent.Confirmed());
        }

        @Override
        public void ended(Cause cause) {
            happened(id, new CallEvent.CallerHungUp(cause));
        }
    }
}
