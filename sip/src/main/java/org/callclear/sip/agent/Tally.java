package org.callclear.sip.agent;

import java.util.concurrent.atomic.LongAdder;

/** Counts on the loop, read from anywhere. */
final class Tally {
    final LongAdder messagesIn = new LongAdder();
    final LongAdder messagesOut = new LongAdder();
    final LongAdder retransmissions = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder stray = new LongAdder();
    final LongAdder challenges = new LongAdder();

    SipCounters snapshot(int transactions, int calls) {
        return new SipCounters(
                messagesIn.sum(),
                messagesOut.sum(),
                retransmissions.sum(),
                malformed.sum(),
                dropped.sum(),
                stray.sum(),
                challenges.sum(),
                transactions,
                calls);
    }
}
