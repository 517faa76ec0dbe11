package org.callclear.bench.child;

/**
 * What a process took.
 *
 * @param mostHeapBytes most heap in use, looked at ten times a second
 * @param heapAfterCollectionBytes most heap in use right after a collection; 0 when there was none
 * @param rssPeakBytes most memory the process held, 0 where the system does not tell
 * @param cpuNanos processor time of the process meanwhile
 * @param brokerCpuNanos processor time of the broker meanwhile; 0 where the system does not tell
 * @param collectionMillis time spent in collections meanwhile
 */
public record Use(
        long mostHeapBytes,
        long heapAfterCollectionBytes,
        long rssPeakBytes,
        long cpuNanos,
        long brokerCpuNanos,
        long collectionMillis) {}
