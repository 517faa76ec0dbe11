package org.callclear.sip.call;

/** Takes the calls that come in. */
@FunctionalInterface
public interface IncomingCalls {
    /** A new INVITE outside any dialog, not a retransmission. Must not block. */
    void invited(IncomingCall call);
}
