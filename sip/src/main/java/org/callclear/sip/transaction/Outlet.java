package org.callclear.sip.transaction;

/** The way of one transaction's messages to the other end. */
@FunctionalInterface
public interface Outlet {
    /** Sends; a failure is told later, on the loop, at most once a message. */
    void send(byte[] message, Runnable failed);
}
