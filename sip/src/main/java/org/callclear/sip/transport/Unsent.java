package org.callclear.sip.transport;

/**
 * What there is for messages that wait, in all connections of a user agent, for peers that do not read. On the loop only.
 *
 * @param bytes bytes held, by peer
 * @param inOne the most that one connection may hold
 */
record Unsent(Shares<Network> bytes, int inOne) {
    static Unsent of(Limits limits) {
        Limits.Connections connections = limits.connections();
        return new Unsent(
                new Shares<>(connections.unsentInAll(), connections.unsentInAll()), connections.unsentBytes());
    }

    /** Whether a connection with this peer that holds so much may hold more. */
    boolean hasRoom(Network peer, long held, long more) {
        return held + more <= inOne && bytes.mayTake(peer, more);
    }
}
