package org.callclear.sip.transaction;

import java.time.Duration;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * The INVITE server transaction (RFC 3261, 17.2.1, as RFC 6026, 7.1 mends it).
 *
 * @param state where it stands
 * @param last the response that a retransmitted INVITE is answered with; null before the first, and where none is any more
 * @param pause what timer G was last set to
 * @param reliable whether the transport resends by itself
 * @param timers the times
 */
public record InviteServer(State state, @Nullable SipResponse last, Duration pause, boolean reliable, SipTimers timers)
        implements Transaction {
    /** The states of RFC 6026, figure 5. */
    public enum State {
        PROCEEDING,
        COMPLETED,
        CONFIRMED,
        ACCEPTED,
        TERMINATED
    }

    /** For an INVITE that just came. */
    public static InviteServer begin(boolean reliable, SipTimers timers) {
        return new InviteServer(State.PROCEEDING, null, timers.t1(), reliable, timers);
    }

    @Override
    public Step step(Event event) {
        if (event instanceof Event.SendFailed && !isOver()) {
            return Step.of(in(State.TERMINATED), new Action.Tell(new Notice.TransportLost()));
        }
        return switch (state) {
            case PROCEEDING -> proceeding(event);
            case COMPLETED -> completed(event);
            case CONFIRMED -> isFired(event, Timer.I) ? Step.of(in(State.TERMINATED)) : Step.of(this);
            case ACCEPTED -> accepted(event);
            case TERMINATED -> Step.of(this);
        };
    }

    private Step proceeding(Event event) {
        return switch (event) {
            case Event.Received received -> again(received);
            case Event.Respond respond -> respond(respond.response());
            default -> Step.of(this);
        };
    }

    private Step again(Event.Received received) {
        return last == null || isAck(received) ? Step.of(this) : Step.of(this, new Action.Send(last));
    }

    private Step respond(SipResponse response) {
        Action send = new Action.Send(response);
        if (!response.isFinal()) {
            return Step.of(new InviteServer(state, response, pause, reliable, timers), send);
        }
        if (response.isSuccess()) {
            return Step.of(silent(State.ACCEPTED), send, new Action.Start(Timer.L, timers.patience()));
        }
        InviteServer completed = new InviteServer(State.COMPLETED, response, timers.t1(), reliable, timers);
        Action giveUp = new Action.Start(Timer.H, timers.patience());
        return reliable
                ? Step.of(completed, send, giveUp)
                : Step.of(completed, send, giveUp, new Action.Start(Timer.G, timers.t1()));
    }

    private Step completed(Event event) {
        if (event instanceof Event.Received received) {
            return isAck(received) ? confirmed() : again(received);
        }
        if (isFired(event, Timer.H)) {
            return Step.of(in(State.TERMINATED), new Action.Stop(Timer.G), new Action.Tell(new Notice.TimedOut()));
        }
        return isFired(event, Timer.G) && last != null ? resend(last) : Step.of(this);
    }

    private Step resend(SipResponse response) {
        Duration next = timers.longer(pause);
        InviteServer waiting = new InviteServer(state, last, next, reliable, timers);
        return Step.of(waiting, new Action.Send(response), new Action.Start(Timer.G, next));
    }

    private Step confirmed() {
        Action noResend = new Action.Stop(Timer.G);
        Action noEnd = new Action.Stop(Timer.H);
        return reliable
                ? Step.of(in(State.TERMINATED), noResend, noEnd)
                : Step.of(silent(State.CONFIRMED), noResend, noEnd, new Action.Start(Timer.I, timers.t4()));
    }

    /** The user resends the 2xx; the INVITE again is absorbed (RFC 6026, 7.1). */
    private Step accepted(Event event) {
        if (event instanceof Event.Received received
                && received.message() instanceof SipRequest request
                && request.is("ACK")) {
            return Step.of(this, new Action.Tell(new Notice.Acknowledged(request)));
        }
        if (event instanceof Event.Respond respond && respond.response().isSuccess()) {
            return Step.of(this, new Action.Send(respond.response()));
        }
        return isFired(event, Timer.L) ? Step.of(in(State.TERMINATED)) : Step.of(this);
    }

    private static boolean isAck(Event.Received received) {
        return received.message() instanceof SipRequest request && request.is("ACK");
    }

    private static boolean isFired(Event event, Timer timer) {
        return event instanceof Event.Fired fired && fired.timer() == timer;
    }

    /** The INVITE that comes again hears nothing: the response was acknowledged, or its user sends it again. */
    private InviteServer silent(State next) {
        return new InviteServer(next, null, pause, reliable, timers);
    }

    private InviteServer in(State next) {
        return new InviteServer(next, last, pause, reliable, timers);
    }

    @Override
    public boolean isOver() {
        return state == State.TERMINATED;
    }
}
