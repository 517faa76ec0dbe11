package org.callclear.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * What reading one input may cost: time and memory in proportion to its size, so that nobody can make a little input
 * dear. Processor time, not time on the clock: the machine may be busy with other things.
 */
public final class Cost {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long NANOS = 300_000_000L;
    private static final long NANOS_A_BYTE = 5_000L;
    private static final long ALLOCATED = 8L << 20;
    private static final long ALLOCATED_A_BYTE = 5_000L;
    /** The first time pays for what is loaded and compiled; what is dear each time is at fault. */
    private static final int TRIES = 3;

    private Cost() {}

    /**
     * Does some work, which must be such that it can be done again. Only the product's own belongs in it: under the
     * fuzzer every comparison costs memory too.
     *
     * @param bytes size of what is read
     * @return what the work came to
     * @throws AssertionError when it costs too much each time
     */
    public static <T> T bounded(int bytes, Supplier<T> work) {
        long nanos = 0;
        long allocated = 0;
        for (int i = 0; i < TRIES; i++) {
            long begun = THREADS.getCurrentThreadCpuTime();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            T result = work.get();
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            nanos = THREADS.getCurrentThreadCpuTime() - begun;
            if (nanos <= NANOS + bytes * NANOS_A_BYTE && allocated <= ALLOCATED + bytes * ALLOCATED_A_BYTE) {
                return result;
            }
        }
        throw new AssertionError("reading " + bytes + " bytes took " + nanos / 1_000_000 + " ms and " + allocated
                + " bytes of memory: too much for its size");
    }
}
