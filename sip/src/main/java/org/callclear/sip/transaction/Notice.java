package org.callclear.sip.transaction;

import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipResponse;

/** What the user of a transaction hears. */
public sealed interface Notice {
    /** A response, to a client. */
    record Answered(SipResponse response) implements Notice {}

    /** The ACK of a 2xx that bore the INVITE's own branch, to a server. */
    record Acknowledged(SipRequest ack) implements Notice {}

    /** Timer B, F or H: the other end is silent. */
    record TimedOut() implements Notice {}

    /** A message could not be sent. */
    record TransportLost() implements Notice {}
}
