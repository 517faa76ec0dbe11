package org.callclear.proxy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.callclear.proxy.call.CallMachine;
import org.callclear.proxy.call.CallState;
import org.callclear.proxy.call.Invitation;
import org.callclear.proxy.call.Timer;
import org.callclear.sip.call.IncomingCall;
import org.jspecify.annotations.Nullable;

/** A call and what belongs to it. Used by one thread at a time, its worker. */
final class LiveCall {
    private final Map<Timer, Runnable> timers = new HashMap<>();
    private final Instant invitedAt;
    private @Nullable IncomingCall sip;
    private CallState state;
    private Instant forgetAt = Instant.MAX;
    private boolean rang;
    private boolean decided;

    LiveCall(Invitation invitation, IncomingCall sip) {
        this.sip = sip;
        this.invitedAt = invitation.at();
        this.state = CallMachine.begin(invitation);
    }

    Instant invitedAt() {
        return invitedAt;
    }

    CallState state() {
        return state;
    }

    void become(CallState next) {
        state = next;
    }

    /** The caller; nobody once the call has ended. */
    @Nullable
    IncomingCall sip() {
        return sip;
    }

    /** Whether the called side gives its first sign now. */
    boolean ringsForTheFirstTime() {
        boolean first = !rang;
        rang = true;
        return first;
    }

    /** Whether the clearinghouse's decision comes now: one that is repeated says nothing about how long it took. */
    boolean isDecidedForTheFirstTime() {
        boolean first = !decided;
        decided = true;
        return first;
    }

    void arm(Timer timer, Runnable stop) {
        disarm(timer);
        timers.put(timer, stop);
    }

    void disarm(Timer timer) {
        Runnable stop = timers.remove(timer);
        if (stop != null) {
            stop.run();
        }
    }

    /** Frees all but the names of the gateways that were tried. */
    void over(Instant forget) {
        sip = null;
        forgetAt = forget;
        timers.values().forEach(Runnable::run);
        timers.clear();
    }

    /** When nothing more is expected of the call. */
    Instant forgetAt() {
        return forgetAt;
    }
}
