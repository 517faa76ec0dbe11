package org.callclear.sip.transaction;

import java.time.Duration;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipResponse;

/**
 * The client transaction of any other request (RFC 3261, 17.1.2).
 *
 * @param state where it stands
 * @param request the request
 * @param pause what timer E was last set to
 * @param reliable whether the transport resends by itself
 * @param timers the times
 */
public record PlainClient(State state, SipRequest request, Duration pause, boolean reliable, SipTimers timers)
        implements Transaction {
    /** The states of figure 6. */
    public enum State {
        TRYING,
        PROCEEDING,
        COMPLETED,
        TERMINATED
    }

    /** Sends the request. */
    public static Step begin(SipRequest request, boolean reliable, SipTimers timers) {
        PlainClient trying = new PlainClient(State.TRYING, request, timers.t1(), reliable, timers);
        Action giveUp = new Action.Start(Timer.F, timers.patience());
        Action send = new Action.Send(request);
        return reliable
                ? Step.of(trying, giveUp, send)
                : Step.of(trying, giveUp, new Action.Start(Timer.E, timers.t1()), send);
    }

    @Override
    public Step step(Event event) {
        if (!isWaiting()) {
            return event instanceof Event.Fired fired && fired.timer() == Timer.K
                    ? Step.of(in(State.TERMINATED))
                    : Step.of(this);
        }
        return switch (event) {
            case Event.SendFailed lost -> end(new Notice.TransportLost());
            case Event.Abandon abandon -> end(new Notice.TimedOut());
            case Event.Received received ->
                received.message() instanceof SipResponse response ? response(response) : Step.of(this);
            case Event.Fired fired -> fired(fired.timer());
            case Event.Respond respond -> Step.of(this);
        };
    }

    private boolean isWaiting() {
        return state == State.TRYING || state == State.PROCEEDING;
    }

    private Step end(Notice notice) {
        return Step.of(
                in(State.TERMINATED), new Action.Stop(Timer.E), new Action.Stop(Timer.F), new Action.Tell(notice));
    }

    private Step fired(Timer timer) {
        return switch (timer) {
            case E -> resend();
            case F -> end(new Notice.TimedOut());
            default -> Step.of(this);
        };
    }

    /** Once a provisional response came, E is T2 (17.1.2.2). */
    private Step resend() {
        Duration next = state == State.PROCEEDING ? timers.t2() : timers.longer(pause);
        PlainClient waiting = new PlainClient(state, request, next, reliable, timers);
        return Step.of(waiting, new Action.Send(request), new Action.Start(Timer.E, next));
    }

    private Step response(SipResponse response) {
        Action tell = new Action.Tell(new Notice.Answered(response));
        if (!response.isFinal()) {
            return Step.of(in(State.PROCEEDING), tell);
        }
        Action noResend = new Action.Stop(Timer.E);
        Action noEnd = new Action.Stop(Timer.F);
        return reliable
                ? Step.of(in(State.TERMINATED), noResend, noEnd, tell)
                : Step.of(in(State.COMPLETED), noResend, noEnd, new Action.Start(Timer.K, timers.t4()), tell);
    }

    private PlainClient in(State next) {
        return new PlainClient(next, request, pause, reliable, timers);
    }

    @Override
    public boolean isOver() {
        return state == State.TERMINATED;
    }
}
