package org.callclear.sip.transaction;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.callclear.sip.loop.Loop;
import org.callclear.sip.message.SipCodec;
import org.callclear.sip.message.SipResponse;

/** Runs one transaction: feeds it events and does what it says. On the loop only. */
public final class LiveTransaction {
    private final Loop loop;
    private final Outlet outlet;
    private final Runnable ended;
    private final Map<Timer, Loop.Pending> running = new EnumMap<>(Timer.class);
    private Consumer<Notice> user;
    private Transaction now;

    LiveTransaction(Loop loop, Outlet outlet, Transaction first, Consumer<Notice> user, Runnable ended) {
        this.loop = loop;
        this.outlet = outlet;
        this.now = first;
        this.user = user;
        this.ended = ended;
    }

    /** Sends a response. */
    public void respond(SipResponse response) {
        feed(new Event.Respond(response));
    }

    /** Ends a client transaction as if it had timed out. */
    public void abandon() {
        feed(new Event.Abandon());
    }

    /** Another hears of it from now on. It outlives its call by half a minute, and need not keep all of it alive. */
    public void tellFromNowOn(Consumer<Notice> other) {
        user = other;
    }

    /** The transaction as it stands. */
    public Transaction now() {
        return now;
    }

    void feed(Event event) {
        if (!now.isOver()) {
            apply(now.step(event));
        }
    }

    void apply(Step step) {
        now = step.next();
        for (Action action : step.actions()) {
            perform(action);
        }
        if (step.next().isOver()) {
            running.values().forEach(Loop.Pending::cancel);
            running.clear();
            ended.run();
        }
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Send send -> send(SipCodec.STRICT.encode(send.message()));
            case Action.SendPacked send -> send(send.response().bytes());
            case Action.Start start -> start(start);
            case Action.Stop stop -> stop(stop.timer());
            case Action.Tell tell -> user.accept(tell.notice());
        }
    }

    private void send(byte[] message) {
        outlet.send(message, () -> feed(new Event.SendFailed()));
    }

    private void start(Action.Start start) {
        stop(start.timer());
        running.put(start.timer(), loop.after(start.after(), () -> {
            running.remove(start.timer());
            feed(new Event.Fired(start.timer()));
        }));
    }

    private void stop(Timer timer) {
        Loop.Pending pending = running.remove(timer);
        if (pending != null) {
            pending.cancel();
        }
    }
}
