package org.callclear.sip.transaction;

import org.callclear.sip.message.SipMessage;
import org.callclear.sip.message.SipResponse;

/** What can happen to a transaction. */
public sealed interface Event {
    /** A message that matches it came in: for a server the request again or its ACK, for a client a response. */
    record Received(SipMessage message) implements Event {}

    /** The user above answers. */
    record Respond(SipResponse response) implements Event {}

    /** A timer ran out. */
    record Fired(Timer timer) implements Event {}

    /** A message could not be sent. */
    record SendFailed() implements Event {}

    /** The user above has no more use for it (RFC 3261, 9.1: no final response 64*T1 after CANCEL). */
    record Abandon() implements Event {}
}
