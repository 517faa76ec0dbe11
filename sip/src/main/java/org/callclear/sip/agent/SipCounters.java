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
        int openTransactions,
        int openCalls) {}
