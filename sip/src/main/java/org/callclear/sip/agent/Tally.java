package org.callclear.sip.agent;

import java.util.concurrent.atomic.LongAdder;
import org.callclear.sip.transport.Shut;

/** Counts on the loop, read from anywhere. */
final class Tally {
    final LongAdder messagesIn = new LongAdder();
    final LongAdder messagesOut = new LongAdder();
    final LongAdder retransmissions = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder stray = new LongAdder();
    final LongAdder challenges = new LongAdder();
    final LongAdder stateless = new LongAdder();
    final LongAdder tooLarge = new LongAdder();
    final LongAdder shed = new LongAdder();
    final LongAdder busy = new LongAdder();
    final LongAdder forgotten = new LongAdder();
    private final LongAdder connectionsRefused = new LongAdder();
    private final LongAdder handshakesFailed = new LongAdder();
    private final LongAdder connectionsSlow = new LongAdder();
    private final LongAdder connectionsGreedy = new LongAdder();

    void shut(Shut why) {
        switch (why) {
            case REFUSED -> connectionsRefused.increment();
            case HANDSHAKE -> handshakesFailed.increment();
            case SLOW -> connectionsSlow.increment();
            case GREEDY -> connectionsGreedy.increment();
        }
    }

    SipCounters.Floods floods() {
        return new SipCounters.Floods(
                stateless.sum(),
                tooLarge.sum(),
                shed.sum(),
                busy.sum(),
                forgotten.sum(),
                connectionsRefused.sum(),
                handshakesFailed.sum(),
                connectionsSlow.sum(),
                connectionsGreedy.sum());
    }

    SipCounters snapshot(int transactions, int calls) {
        return new SipCounters(
                messagesIn.sum(),
                messagesOut.sum(),
                retransmissions.sum(),
                malformed.sum(),
                dropped.sum(),
                stray.sum(),
                challenges.sum(),
                floods(),
                transactions,
                calls);
    }
}
