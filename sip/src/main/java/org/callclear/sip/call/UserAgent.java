package org.callclear.sip.call;

/** A SIP user agent (RFC 3261): it places calls, and hands those that come in to its {@link IncomingCalls}. */
public interface UserAgent extends AutoCloseable {
    /**
     * Sends an INVITE. Returns at once; the listener hears what comes of it, never before this method has returned.
     * May be called from any thread.
     */
    OutgoingCall dial(Dial dial, OutgoingCall.Listener listener);

    /** Hangs up nothing, closes the sockets. */
    @Override
    void close();
}
