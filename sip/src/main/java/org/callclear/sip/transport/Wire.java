package org.callclear.sip.transport;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The way out: what a user agent asks of its sockets. On the loop only, the addresses from any thread. */
public interface Wire {
    /** The address of UDP and TCP. */
    InetSocketAddress address();

    /** Where TLS is listened for; null when it is not. */
    @Nullable
    InetSocketAddress tlsAddress();

    /** Sends a message; over TCP and TLS by the connection with that peer, opened when there is none. */
    void send(Hop hop, byte[] bytes, Runnable failed);

    /** Whether a message to this hop would go by a connection that is already there. */
    boolean isConnected(Hop hop);
}
