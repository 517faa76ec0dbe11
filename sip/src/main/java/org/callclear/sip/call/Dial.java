package org.callclear.sip.call;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A call to place.
 *
 * @param peer where to send the INVITE
 * @param transport UDP or TCP
 * @param calling user part of From, usually E.164 digits with a plus
 * @param called user part of the Request-URI and To
 * @param sdp the offer; empty for none
 * @param answerWithin how long the other end may ring before the call is cancelled and failed with 408
 */
public record Dial(
        InetSocketAddress peer, Transport transport, String calling, String called, Sdp sdp, Duration answerWithin) {
    /** The transports of this edge. */
    public enum Transport {
        UDP,
        TCP
    }
}
