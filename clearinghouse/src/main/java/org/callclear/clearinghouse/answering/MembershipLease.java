package org.callclear.clearinghouse.answering;

import java.time.Duration;

/**
 * Until when this instance may believe that its partitions are still its own. A committed offset proves that the group
 * counted it as a member when the commit was sent; nobody else is given its partitions until a whole session time-out
 * later. Without such proof for {@code length}, which is shorter, it answers nothing: so an instance that was paused or
 * cut off does not answer beside the one that took over.
 *
 * <p>Safe for many threads. Instants are {@link System#nanoTime()}'s.
 */
final class MembershipLease {
    private final long lengthNanos;
    private volatile long provedAt;

    MembershipLease(Duration length, long now) {
        this.lengthNanos = length.toNanos();
        this.provedAt = now - lengthNanos;
    }

    /** The group counted this instance as a member at that instant. */
    void proved(long at) {
        if (at - provedAt > 0) {
            provedAt = at;
        }
    }

    boolean holds(long now) {
        return now - provedAt < lengthNanos;
    }
}
