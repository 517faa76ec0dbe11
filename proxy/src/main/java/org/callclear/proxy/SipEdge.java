package org.callclear.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import org.callclear.sip.agent.DigestRealm;
import org.callclear.sip.agent.SipSettings;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.IncomingCalls;

/** Opens the sockets to the callers. */
@FunctionalInterface
interface SipEdge {
    /**
     * Takes calls of authenticated callers from now on.
     *
     * @param passwords of a user name, if there is such a user
     * @throws RuntimeException when the address cannot be bound; the message says which
     */
    Bound open(
            InetSocketAddress listen,
            String realm,
            Function<String, Optional<String>> passwords,
            IncomingCalls incoming);

    /** The edge that callers reach by UDP and TCP. */
    static Bound ofUserAgent(
            InetSocketAddress listen,
            String realm,
            Function<String, Optional<String>> passwords,
            IncomingCalls incoming) {
        SipSettings settings = SipSettings.of(listen, "Callclear proxy", new DigestRealm(realm, passwords));
        SipUserAgent agent = SipUserAgent.start(settings, incoming);
        return new Bound(agent.address(), agent::close);
    }

    /**
     * An open edge.
     *
     * @param address where callers reach it
     * @param stop closes the sockets
     */
    record Bound(InetSocketAddress address, Runnable stop) {}
}
