package org.callclear.proxy.call;

/**
 * A time-out of a call. The leg keeps a time-out that was already on its way apart from that of the next attempt.
 *
 * @param kind what it limits
 * @param leg the attempt it belongs to; 0 while the call is not authorized
 */
public record Timer(Kind kind, int leg) {
    /** What a time-out limits. */
    public enum Kind {
        /** The wait before the clearinghouse is asked once more. */
        ASK_AGAIN,
        /** The wait for the clearinghouse. */
        AUTHORIZATION,
        /** The wait for a gateway's first sign. */
        SETUP,
        /** The ringing. */
        RINGING,
        /** The talk, should the gateway not end it when it must. */
        TALK
    }
}
