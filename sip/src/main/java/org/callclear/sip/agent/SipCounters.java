package org.callclear.sip.agent;

/**
 * What a user agent has seen since it started.
 *
 * @param messagesIn messages read, faulty ones among them
 * @param messagesOut messages sent, resends among them
 * @param retransmissions requests that came again and were answered by their transaction
 * @param malformed messages at fault, answered or dropped
 * @param dropped of those, the ones that could not be answered
 * @param stray responses that belong to nothing
 * @param challenges INVITEs answered with 401
 * @param floods what was turned away, or done without keeping anything
 * @param openTransactions transactions open now
 * @param openCalls calls open now
 */
public record SipCounters(
        long messagesIn,
        long messagesOut,
        long retransmissions,
        long malformed,
        long dropped,
        long stray,
        long challenges,
        Floods floods,
        int openTransactions,
        int openCalls) {
    /**
     * What floods are made of; each is one message or one connection.
     *
     * @param stateless requests answered without a transaction: challenged, refused or at fault
     * @param tooLarge messages at fault for their length, in the count of malformed ones too
     * @param shed requests not answered, since their address, or all strangers, asked too much
     * @param busy new calls answered 503, since there are too many transactions, or too many from that address where no
     *     proof of callers is asked for
     * @param forgotten datagrams that nobody looked at: INVITEs that had waited for half a second, or more than can wait
     * @param connectionsRefused connections beyond their peer's share
     * @param handshakesFailed connections closed since their TLS handshake failed, or was not done in time
     * @param connectionsSlow connections closed since no message was finished in time
     * @param connectionsGreedy connections closed since their unfinished messages held too much
     */
    public record Floods(
            long stateless,
            long tooLarge,
            long shed,
            long busy,
            long forgotten,
            long connectionsRefused,
            long handshakesFailed,
            long connectionsSlow,
            long connectionsGreedy) {
        /** What came since an earlier look. */
        public Floods since(Floods earlier) {
            return new Floods(
                    stateless - earlier.stateless,
                    tooLarge - earlier.tooLarge,
                    shed - earlier.shed,
                    busy - earlier.busy,
                    forgotten - earlier.forgotten,
                    connectionsRefused - earlier.connectionsRefused,
                    handshakesFailed - earlier.handshakesFailed,
                    connectionsSlow - earlier.connectionsSlow,
                    connectionsGreedy - earlier.connectionsGreedy);
        }

        /** Whether nothing was refused or shed; answers without a transaction are part of every call. */
        public boolean isQuiet() {
            return tooLarge + shed + busy + forgotten == 0
                    && connectionsRefused + handshakesFailed + connectionsSlow + connectionsGreedy == 0;
        }
    }
}
