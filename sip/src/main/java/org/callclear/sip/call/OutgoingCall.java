package org.callclear.sip.call;

/** A call that this side placed. Its methods may be called from any thread, and do nothing once the call has ended. */
public interface OutgoingCall {
    /** The Call-ID of the INVITE. */
    String sipCallId();

    /** Ends the call whatever its state: CANCEL before the answer, BYE after it (RFC 3261, 9.1 and 15.1). */
    void hangUp(Cause cause);

    /** Hears of one call, one thing at a time and in order. Must not block. */
    interface Listener {
        /** A provisional response of 180 to 199, with SDP when it had some. */
        void progress(int status, Sdp sdp);

        /** A 2xx came and its ACK has been sent. */
        void answered(Sdp sdp);

        /**
         * No call came about: a final response of 300 to 699, 408 when nothing or no answer came in time, 487 when it
         * was hung up before the answer. The last thing heard.
         */
        void failed(int status, Cause cause);

        /** The other end hung up an answered call. The last thing heard. */
        void ended(Cause cause);
    }
}
