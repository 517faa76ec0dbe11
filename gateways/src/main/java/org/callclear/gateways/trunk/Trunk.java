package org.callclear.gateways.trunk;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.callclear.schemas.call.E164Number;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;
import org.callclear.sip.call.UserAgent;

/** One SIP trunk. Numbers go out as E.164 digits with a plus in front (RFC 3261, 19.1.6). */
public final class Trunk {
    private final UserAgent agent;
    private final InetSocketAddress peer;
    private final Dial.Transport transport;
    private final Duration answerWithin;

    /**
     * @param agent places the calls; whoever made it closes it
     * @param peer where INVITEs are sent
     * @param answerWithin how long the called side may ring
     */
    public Trunk(UserAgent agent, InetSocketAddress peer, Dial.Transport transport, Duration answerWithin) {
        this.agent = agent;
        this.peer = peer;
        this.transport = transport;
        this.answerWithin = answerWithin;
    }

    /** Sends an INVITE and returns at once; the listener hears the rest. */
    public OutgoingCall dial(E164Number calling, E164Number called, Sdp offer, OutgoingCall.Listener listener) {
        Dial dial = new Dial(peer, transport, "+" + calling.digits(), "+" + called.digits(), offer, answerWithin);
        return agent.dial(dial, listener);
    }
}
