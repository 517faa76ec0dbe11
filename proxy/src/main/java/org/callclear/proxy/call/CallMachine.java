package org.callclear.proxy.call;

import java.time.Instant;

/**
 * One call as a pure function: {@code step(state, event, now) -> (state, actions)}. An event that has no meaning in a
 * state changes nothing; a gateway's event that does not name the current attempt is not believed, except that a gateway
 * which answers after it was given up is told to release.
 */
public final class CallMachine {
    private final Asking asking;
    private final Hunting hunting;
    private final Talk talk;

    public CallMachine(CallPolicy policy) {
        this.hunting = new Hunting(policy);
        this.asking = new Asking(policy, hunting);
        this.talk = new Talk();
    }

    /** The state before {@link CallEvent.Invited}. */
    public static CallState begin(Invitation call) {
        return new CallState.Idle(call);
    }

    /** What the event makes of the call. */
    public Step step(CallState state, CallEvent event, Instant now) {
        return switch (state) {
            case CallState.Idle idle -> asking.step(idle, event);
            case CallState.Authorizing authorizing -> asking.step(authorizing, event, now);
            case CallState.Trying trying -> hunting.step(trying, event, now);
            case CallState.Ringing ringing -> hunting.step(ringing, event, now);
            case CallState.Talking talking -> talk.step(talking, event, now);
            case CallState.Ended ended -> talk.step(ended, event);
        };
    }
}
