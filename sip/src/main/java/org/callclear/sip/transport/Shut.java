package org.callclear.sip.transport;

/** Why a connection of a stranger was not kept. */
public enum Shut {
    /** Its peer, or all peers, have too many. */
    REFUSED,
    /** Its TLS handshake failed, or was not done in the time there is. */
    HANDSHAKE,
    /** It began a message, or was opened, and brought nothing whole in the time there is. */
    SLOW,
    /** What it left unfinished is more than its share of the memory for that. */
    GREEDY
}
