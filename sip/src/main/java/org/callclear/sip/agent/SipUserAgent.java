package org.callclear.sip.agent;

import java.net.InetSocketAddress;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.IncomingCalls;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.UserAgent;

/** The user agent. */
public final class SipUserAgent implements UserAgent {
    private final InetSocketAddress address;

    private SipUserAgent(InetSocketAddress address) {
        this.address = address;
    }

    /** Opens the sockets and begins to serve. */
    public static SipUserAgent start(SipSettings settings, IncomingCalls incoming) {
        return new SipUserAgent(settings.listen());
    }

    /** Where it listens, with the port it really has. */
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public OutgoingCall dial(Dial dial, OutgoingCall.Listener listener) {
        throw new UnsupportedOperationException("the socket side follows");
    }

    @Override
    public void close() {}
}
