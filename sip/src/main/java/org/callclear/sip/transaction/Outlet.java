package org.callclear.sip.transaction;

import org.callclear.sip.message.SipMessage;

/** The way of one transaction's messages to the other end. */
@FunctionalInterface
public interface Outlet {
    /** Sends; a failure is told later, on the loop, at most once a message. */
    void send(SipMessage message, Runnable failed);
}
