package org.callclear.bench.settle;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** When consumption began, and how it went on, by this process's clock. */
final class FirstRecord {
    private static final long NOT_YET = Long.MAX_VALUE;

    private static final double COLD = 0.3;

    private record Seen(long at, int records) {}

    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final AtomicLong nanos = new AtomicLong(NOT_YET);

    void seen(long now, int records) {
        nanos.accumulateAndGet(now, Math::min);
        seen.add(new Seen(now, records));
    }

    /** When three tenths of the records had been handed out; ask when all have. */
    long warmFrom() {
        long all = seen.stream().mapToLong(Seen::records).sum();
        long sum = 0;
        for (Seen some : seen) {
            sum += some.records();
            if (sum >= all * COLD) {
                return some.at();
            }
        }
        throw new IllegalStateException("nothing was consumed");
    }

    /** @throws IllegalStateException when nothing was consumed yet */
    long nanos() {
        long seen = nanos.get();
        if (seen == NOT_YET) {
            throw new IllegalStateException("nothing was consumed");
        }
        return seen;
    }
}
