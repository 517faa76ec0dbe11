package org.callclear.clearinghouse.reference;

/** What a gateway says of a key. */
public enum Belief {
    /** Every living instance that says which keys it believes names it, and at least one says so. */
    BELIEVED,
    /** A living instance says which keys it believes, and does not name it. */
    NOT_BELIEVED,
    /** No living instance says which keys it believes. */
    NOT_SAID
}
