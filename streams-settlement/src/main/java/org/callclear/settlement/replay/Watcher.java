package org.callclear.settlement.replay;

/** Hears how far a replay is. Called by several threads at once. */
@FunctionalInterface
public interface Watcher {
    /** Hears nothing. */
    Watcher NONE = (partition, offset) -> {};

    /** So far in a partition: all records before this offset are folded. */
    void at(int partition, long offset);
}
