package org.callclear.sip.transaction;

import org.callclear.sip.message.Packed;
import org.callclear.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * The server transaction of any other request (RFC 3261, 17.2.2).
 *
 * @param state where it stands
 * @param last the response that the request is answered with when it comes again; null before the first
 * @param reliable whether the transport resends by itself
 * @param timers the times
 */
public record PlainServer(State state, @Nullable Packed last, boolean reliable, SipTimers timers)
        implements Transaction {
    /** The states of figure 8. */
    public enum State {
        TRYING,
        PROCEEDING,
        COMPLETED,
        TERMINATED
    }

    /** For a request that just came. */
    public static PlainServer begin(boolean reliable, SipTimers timers) {
        return new PlainServer(State.TRYING, null, reliable, timers);
    }

    @Override
    public Step step(Event event) {
        if (isOver()) {
            return Step.of(this);
        }
        return switch (event) {
            case Event.SendFailed lost ->
                Step.of(in(State.TERMINATED, last), new Action.Tell(new Notice.TransportLost()));
            case Event.Received again -> last == null ? Step.of(this) : Step.of(this, new Action.SendPacked(last));
            case Event.Respond respond -> state == State.COMPLETED ? Step.of(this) : respond(respond.response());
            case Event.Fired fired -> fired.timer() == Timer.J ? Step.of(in(State.TERMINATED, last)) : Step.of(this);
            case Event.Abandon abandon -> Step.of(this);
        };
    }

    private Step respond(SipResponse response) {
        Packed packed = Packed.of(response);
        Action send = new Action.SendPacked(packed);
        if (!response.isFinal()) {
            return Step.of(in(State.PROCEEDING, packed), send);
        }
        return reliable
                ? Step.of(in(State.TERMINATED, packed), send)
                : Step.of(in(State.COMPLETED, packed), send, new Action.Start(Timer.J, timers.patience()));
    }

    private PlainServer in(State next, @Nullable Packed response) {
        return new PlainServer(next, response, reliable, timers);
    }

    @Override
    public boolean isOver() {
        return state == State.TERMINATED;
    }
}
