package org.callclear.bench.child;

/**
 * What a process took.
 *
 * @param mostHeapBytes most heap in use, looked at ten times a second
 * @param heapAfterCollectionBytes most heap in use right after a collection; 0 when there was none
 * @param rssPeakBytes most memory the process held, 0 where the system does not tell
 * @param cpuNanos processor time during the measurement
 * @param collectionMillis time spent in collections since the process began
 */
public record Use(
        long mostHeapBytes, long heapAfterCollectionBytes, long rssPeakBytes, long cpuNanos, long collectionMillis) {}
