package org.callclear.proxy.call;

/** What became of a call, for counting. */
public enum Outcome {
    /** The called side answered. */
    ANSWERED,
    /** The clearinghouse said no. */
    DENIED,
    /** The clearinghouse did not answer in time. */
    NOT_AUTHORIZED_IN_TIME,
    /** No gateway completed it, or the called side refused. */
    FAILED,
    /** It rang and nobody answered in time. */
    NOT_ANSWERED,
    /** The caller gave up. */
    CANCELLED,
    /** This proxy was shut down before the answer. */
    SHUT_DOWN
}
