package org.callclear.sip.transaction;

/** The timers of RFC 3261, table 4, and L and M of RFC 6026. C belongs to proxies. */
public enum Timer {
    A,
    B,
    D,
    E,
    F,
    G,
    H,
    I,
    J,
    K,
    L,
    M
}
