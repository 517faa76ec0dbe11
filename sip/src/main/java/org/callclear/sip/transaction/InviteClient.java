package org.callclear.sip.transaction;

import java.time.Duration;
import org.callclear.sip.message.Header;
import org.callclear.sip.message.Headers;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipResponse;

/**
 * The INVITE client transaction (RFC 3261, 17.1.1, as RFC 6026, 7.2 mends it).
 *
 * @param state where it stands
 * @param invite the request; bare once it is accepted
 * @param pause what timer A was last set to
 * @param reliable whether the transport resends by itself
 * @param timers the times
 */
public record InviteClient(State state, SipRequest invite, Duration pause, boolean reliable, SipTimers timers)
        implements Transaction {
    /** The states of RFC 6026, figure 4. */
    public enum State {
        CALLING,
        PROCEEDING,
        COMPLETED,
        ACCEPTED,
        TERMINATED
    }

    /** Sends the INVITE. */
    public static Step begin(SipRequest invite, boolean reliable, SipTimers timers) {
        InviteClient calling = new InviteClient(State.CALLING, invite, timers.t1(), reliable, timers);
        Action giveUp = new Action.Start(Timer.B, timers.patience());
        Action send = new Action.Send(invite);
        return reliable
                ? Step.of(calling, giveUp, send)
                : Step.of(calling, giveUp, new Action.Start(Timer.A, timers.t1()), send);
    }

    @Override
    public Step step(Event event) {
        if (isOver()) {
            return Step.of(this);
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

    private Step end(Notice notice) {
        return Step.of(
                in(State.TERMINATED), new Action.Stop(Timer.A), new Action.Stop(Timer.B), new Action.Tell(notice));
    }

    private Step fired(Timer timer) {
        return switch (timer) {
            case A -> state == State.CALLING ? resend() : Step.of(this);
            case B -> state == State.CALLING ? end(new Notice.TimedOut()) : Step.of(this);
            case D, M -> Step.of(in(State.TERMINATED));
            default -> Step.of(this);
        };
    }

    /** Timer A doubles without end (17.1.1.2): B stops it. */
    private Step resend() {
        Duration next = pause.multipliedBy(2);
        InviteClient waiting = new InviteClient(state, invite, next, reliable, timers);
        return Step.of(waiting, new Action.Send(invite), new Action.Start(Timer.A, next));
    }

    private Step response(SipResponse response) {
        Action tell = new Action.Tell(new Notice.Answered(response));
        return switch (state) {
            case CALLING, PROCEEDING -> first(response, tell);
            case COMPLETED ->
                response.status() >= 300 ? Step.of(this, new Action.Send(ackOf(response))) : Step.of(this);
            case ACCEPTED -> response.isSuccess() ? Step.of(this, tell) : Step.of(this);
            case TERMINATED -> Step.of(this);
        };
    }

    private Step first(SipResponse response, Action tell) {
        Action noResend = new Action.Stop(Timer.A);
        Action noEnd = new Action.Stop(Timer.B);
        if (!response.isFinal()) {
            return Step.of(in(State.PROCEEDING), noResend, noEnd, tell);
        }
        if (response.isSuccess()) {
            InviteClient accepted = new InviteClient(State.ACCEPTED, invite.bare(), pause, reliable, timers);
            return Step.of(accepted, noResend, noEnd, new Action.Start(Timer.M, timers.patience()), tell);
        }
        Action ack = new Action.Send(ackOf(response));
        // Timer D: at least 32 s for UDP, nothing to wait for on a stream.
        return reliable
                ? Step.of(in(State.TERMINATED), noResend, noEnd, ack, tell)
                : Step.of(
                        in(State.COMPLETED), noResend, noEnd, ack, new Action.Start(Timer.D, timers.patience()), tell);
    }

    /** The ACK of a refusal belongs to this transaction (17.1.1.3). */
    private SipRequest ackOf(SipResponse response) {
        Headers headers = Headers.NONE.with("Via", invite.core().via().toString());
        for (Header field : invite.headers()) {
            if (field.name().equals("Route") || field.name().equals("Max-Forwards")) {
                headers = headers.with(field.name(), field.value());
            }
        }
        headers = headers.with("From", invite.core().from().toString())
                .with("To", response.core().to().toString())
                .with("Call-ID", invite.core().callId())
                .with("CSeq", invite.core().cseq().number() + " ACK");
        return SipRequest.of("ACK", invite.uri(), headers, "");
    }

    private InviteClient in(State next) {
        return new InviteClient(next, invite, pause, reliable, timers);
    }

    @Override
    public boolean isOver() {
        return state == State.TERMINATED;
    }
}
