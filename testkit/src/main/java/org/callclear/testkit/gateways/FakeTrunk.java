package org.callclear.testkit.gateways;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;
import org.callclear.sip.call.UserAgent;

/** A user agent with no network: keeps what was dialled, and lets a test play the called side. */
public final class FakeTrunk implements UserAgent {
    private final List<Leg> legs = new CopyOnWriteArrayList<>();
    private volatile boolean broken;

    @Override
    public OutgoingCall dial(Dial dial, OutgoingCall.Listener listener) {
        if (broken) {
            throw new IllegalStateException("the fake trunk is broken");
        }
        Leg leg = new Leg("fake-" + legs.size(), dial, listener);
        legs.add(leg);
        return leg;
    }

    /** Every later dial throws. */
    public void breakDown() {
        broken = true;
    }

    /** All calls that were dialled, in order. */
    public List<Leg> legs() {
        return List.copyOf(legs);
    }

    /** The call that was dialled last. */
    public Leg last() {
        return legs.getLast();
    }

    @Override
    public void close() {}

    /** A dialled call, as the called side sees it. */
    public static final class Leg implements OutgoingCall {
        private final String sipCallId;
        private final Dial dial;
        private final Listener listener;
        private final List<Cause> hangUps = new CopyOnWriteArrayList<>();

        private Leg(String sipCallId, Dial dial, Listener listener) {
            this.sipCallId = sipCallId;
            this.dial = dial;
            this.listener = listener;
        }

        /** What was dialled. */
        public Dial dial() {
            return dial;
        }

        /** The causes with which the gateway hung up, in order; none when it did not. */
        public List<Cause> hangUps() {
            return List.copyOf(hangUps);
        }

        /** Sends 180. */
        public void ring() {
            listener.progress(180, Sdp.NONE);
        }

        /** Sends 183 with early media. */
        public void progress(Sdp sdp) {
            listener.progress(183, sdp);
        }

        /** Sends 200. */
        public void answer(Sdp sdp) {
            listener.answered(sdp);
        }

        /** Sends a final response of 300 or more. */
        public void fail(int status) {
            listener.failed(status, Cause.ofStatus(status));
        }

        /** Sends BYE. */
        public void bye() {
            listener.ended(Cause.NORMAL);
        }

        @Override
        public String sipCallId() {
            return sipCallId;
        }

        @Override
        public void hangUp(Cause cause) {
            hangUps.add(cause);
        }
    }
}
