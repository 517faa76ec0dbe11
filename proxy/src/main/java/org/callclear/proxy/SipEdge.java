package org.callclear.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
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

    /**
     * An open edge.
     *
     * @param address where callers reach it
     * @param stop closes the sockets
     */
    record Bound(InetSocketAddress address, Runnable stop) {}
}
