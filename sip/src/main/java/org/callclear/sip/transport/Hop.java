package org.callclear.sip.transport;

import java.net.InetSocketAddress;
import org.callclear.sip.call.Dial;

/**
 * The next hop of a message, or the last.
 *
 * @param transport UDP, TCP or TLS
 * @param remote the other end; for TCP and TLS it names the connection
 */
public record Hop(Dial.Transport transport, InetSocketAddress remote) {
    /** Whether the transport resends by itself. */
    public boolean isReliable() {
        return transport != Dial.Transport.UDP;
    }
}
