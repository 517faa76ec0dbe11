package org.callclear.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.callclear.sip.agent.DigestRealm;
import org.callclear.sip.agent.SipCounters;
import org.callclear.sip.agent.SipSettings;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.IncomingCalls;
import org.callclear.sip.transport.SipTls;
import org.jspecify.annotations.Nullable;

/** Opens the sockets to the callers. */
@FunctionalInterface
interface SipEdge {
    /**
     * Takes calls of authenticated callers from now on.
     *
     * @param tls TLS beside UDP and TCP; null for none
     * @param passwords of a user name, if there is such a user
     * @throws RuntimeException when an address cannot be bound or a file of TLS cannot be used; the message says which
     */
    Bound open(
            InetSocketAddress listen,
            @Nullable SipTls tls,
            String realm,
            Function<String, Optional<String>> passwords,
            IncomingCalls incoming);

    /** The edge that callers reach by UDP, TCP and perhaps TLS. */
    static Bound ofUserAgent(
            InetSocketAddress listen,
            @Nullable SipTls tls,
            String realm,
            Function<String, Optional<String>> passwords,
            IncomingCalls incoming) {
        SipSettings settings = SipSettings.of(listen, "Callclear proxy", new DigestRealm(realm, passwords))
                .with(tls);
        SipUserAgent agent = SipUserAgent.start(settings, incoming);
        return new Bound(agent.address(), agent.tlsAddress(), agent::counters, agent::close);
    }

    /**
     * An open edge.
     *
     * @param address where callers reach it
     * @param tlsAddress where callers reach it by TLS; null for nowhere
     * @param counters what came and went
     * @param stop closes the sockets
     */
    record Bound(
            InetSocketAddress address,
            @Nullable InetSocketAddress tlsAddress,
            Supplier<SipCounters> counters,
            Runnable stop) {}
}
