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

    private final Duration late;
    private Duration last = Duration.ZERO;
    private int waiting;
    private long refused;

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
        if (refused > 0 && !isBehind()) {
            LOG.info("the clearinghouse is behind no more; {} calls were refused meanwhile", refused);
            refused = 0;
        }
    }

    /** Whether the call that comes now is to be refused. */
    synchronized boolean refuses() {
        if (!isBehind()) {
            return false;
        }
        if (refused++ == 0) {
            LOG.warn(
                    "calls are refused: {} wait for the clearinghouse, whose last decision took {} ms",
                    waiting,
                    last.toMillis());
        }
        return true;
    }

    private boolean isBehind() {
        return waiting >= ALWAYS && last.compareTo(late) > 0;
    }
}
