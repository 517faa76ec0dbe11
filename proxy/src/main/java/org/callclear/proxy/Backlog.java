package org.callclear.proxy;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the clearinghouse is behind, so that a call more would wait in vain, and make all others wait longer.
 *
 * <p>It is behind when what it last answered had waited too long, and calls still wait. A clearinghouse that does not answer
 * at all is not behind: part of it may be gone, and calls that another part decides must go on. Safe for many threads.
 */
final class Backlog {
    /** So many may always wait: from their answers is learned that it is behind no more. */
    static final int ALWAYS = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
    private static final Duration SAY_EVERY = Duration.ofSeconds(10);

    private final Duration late;
    private Duration last = Duration.ZERO;
    private Instant sayNext = Instant.MIN;
    private int waiting;
    private long unsaid;

    /** @param late a decision that took longer is late */
    Backlog(Duration late) {
        this.late = late;
    }

    /** A call waits for a decision. */
    synchronized void begins() {
        waiting++;
    }

    /** A call waits no more, whatever the reason. */
    synchronized void ends() {
        waiting--;
    }

    /** A decision came, be it for a call that has been given up. */
    synchronized void decided(Instant invited, Instant now) {
        last = Duration.between(invited, now);
    }

    /** Whether a call that comes now is to be refused. */
    synchronized boolean refuses(Instant now) {
        if (waiting < ALWAYS || last.compareTo(late) <= 0) {
            return false;
        }
        unsaid++;
        if (!now.isBefore(sayNext)) {
            LOG.warn(
                    "calls are refused: {} wait for the clearinghouse, whose last decision took {} ms ({} since the last"
                            + " such line)",
                    waiting,
                    last.toMillis(),
                    unsaid);
            unsaid = 0;
            sayNext = now.plus(SAY_EVERY);
        }
        return true;
    }
}
