package org.callclear.sip.call;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call to place.
 *
 * @param peer where to send the INVITE
 * @param transport UDP, TCP or TLS
 * @param calling user part of From, usually E.164 digits with a plus
 * @param called user part of the Request-URI and To
 * @param sdp the offer; empty for none
 * @param answerWithin how long the other end may ring before the call is cancelled and failed with 408
 * @param credentials what a challenge (401 or 407) is answered with, once; null when there are none
 */
public record Dial(
        InetSocketAddress peer,
        Transport transport,
        String calling,
        String called,
        Sdp sdp,
        Duration answerWithin,
        @Nullable Credentials credentials) {
    /** @throws IllegalArgumentException when the peer is not resolved, a number is blank or the time is not positive */
    public Dial {
        if (peer.isUnresolved() || peer.getPort() == 0) {
            throw new IllegalArgumentException("peer " + peer + ": must be a resolved address with a port");
        }
        if (calling.isBlank() || called.isBlank()) {
            throw new IllegalArgumentException((calling.isBlank() ? "calling" : "called") + ": must not be blank");
        }
        if (answerWithin.isNegative() || answerWithin.isZero()) {
            throw new IllegalArgumentException("answerWithin " + answerWithin + ": must be positive");
        }
    }

    /** A call that answers no challenge. */
    public Dial(
            InetSocketAddress peer,
            Transport transport,
            String calling,
            String called,
            Sdp sdp,
            Duration answerWithin) {
        this(peer, transport, calling, called, sdp, answerWithin, null);
    }

    /** The transports of this edge. */
    public enum Transport {
        UDP,
        TCP,
        TLS
    }
}
