package org.callclear.clearinghouse.answering;

import java.util.TreeSet;

/**
 * Which offset of one partition may be committed while records are finished out of order: never past one that is not
 * finished. Used by one thread.
 */
final class OffsetTracker {
    private final TreeSet<Long> open = new TreeSet<>();
    private long next;

    /** @param position the offset of the first record to come */
    OffsetTracker(long position) {
        this.next = position;
    }

    /** A record is being worked on; records come in the order of their offsets. */
    void started(long offset) {
        if (offset < next) {
            throw new IllegalStateException("offset " + offset + " after " + (next - 1));
        }
        open.add(offset);
        next = offset + 1;
    }

    /** A record is done. */
    void finished(long offset) {
        if (!open.remove(offset)) {
            throw new IllegalStateException("offset " + offset + " is not open");
        }
    }

    /** The offset to commit: of the first record not finished, or of the one to come. */
    long committable() {
        return open.isEmpty() ? next : open.first();
    }

    /** How many records are being worked on. */
    int inFlight() {
        return open.size();
    }
}
