package org.callclear.clearinghouse.answering;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the loop knows of one partition that it has. Used by the loop's thread. */
final class Holding {
    private final Tenure tenure;
    private @Nullable OffsetTracker tracker;
    private boolean restored;
    private boolean running;
    private long waitUntil;
    private long committed = -1;

    /** @param waitUntil nothing is read before */
    Holding(Tenure tenure, long waitUntil) {
        this.tenure = tenure;
        this.waitUntil = waitUntil;
    }

    Tenure tenure() {
        return tenure;
    }

    TopicPartition partition() {
        return tenure.partition();
    }

    boolean hasPosition() {
        return tracker != null;
    }

    void position(long offset) {
        tracker = new OffsetTracker(offset);
    }

    OffsetTracker tracker() {
        if (tracker == null) {
            throw new IllegalStateException(partition() + " has no position yet");
        }
        return tracker;
    }

    int inFlight() {
        return tracker == null ? 0 : tracker.inFlight();
    }

    /** The journal's grants of this partition are in the book. */
    void restored() {
        restored = true;
    }

    boolean isRestored() {
        return restored;
    }

    boolean isReady(long now) {
        return restored && tracker != null && now - waitUntil >= 0;
    }

    boolean isRunning() {
        return running;
    }

    void running(boolean value) {
        running = value;
    }

    boolean hasNews() {
        return tracker != null && tracker.committable() != committed;
    }

    void committed(long offset) {
        committed = offset;
    }
}
