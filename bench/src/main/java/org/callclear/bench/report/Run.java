package org.callclear.bench.report;

import org.callclear.bench.child.Outcome;
import org.callclear.bench.child.Pass;
import org.callclear.bench.child.Use;

/**
 * One run: of a Java process its last pass through the journal, and how fast its first one was.
 *
 * @param rate CDRs a second
 * @param coldRate CDRs a second in the first pass of the process; 0 where it is not measured
 * @param seconds from the start of consumption to the end
 * @param startSeconds from the start of the client to the start of consumption
 * @param mostHeapMib most heap in use
 * @param heapAfterCollectionMib most heap in use right after a collection
 * @param rssMib most memory the process held
 * @param cpuSeconds processor time of the process
 * @param brokerCpuSeconds processor time of the broker meanwhile
 * @param collectionSeconds time in garbage collections
 * @param loadBefore the machine's load average of a minute when the run began; negative where it is not told
 */
public record Run(
        long rate,
        long coldRate,
        double seconds,
        double startSeconds,
        long mostHeapMib,
        long heapAfterCollectionMib,
        long rssMib,
        double cpuSeconds,
        double brokerCpuSeconds,
        double collectionSeconds,
        double loadBefore) {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;
    private static final int MIB_BITS = 20;

    /** A run in a Java process. */
    public static Run of(long cdrs, Outcome outcome, double loadBefore) {
        Pass warm = outcome.warm();
        Use use = warm.use();
        return new Run(
                warm.rate(cdrs),
                outcome.cold().rate(cdrs),
                warm.nanos() / NANOS,
                warm.startMillis() / MILLIS,
                use.mostHeapBytes() >> MIB_BITS,
                use.heapAfterCollectionBytes() >> MIB_BITS,
                use.rssPeakBytes() >> MIB_BITS,
                use.cpuNanos() / NANOS,
                use.brokerCpuNanos() / NANOS,
                use.collectionMillis() / MILLIS,
                loadBefore);
    }

    /** A run elsewhere, of which only the time is known. */
    public static Run of(long cdrs, long nanos, double loadBefore) {
        return new Run(Math.round(cdrs / (nanos / NANOS)), 0, nanos / NANOS, 0, 0, 0, 0, 0, 0, 0, loadBefore);
    }
}
