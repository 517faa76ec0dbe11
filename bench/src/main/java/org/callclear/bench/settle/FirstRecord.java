package org.callclear.bench.settle;

import java.util.concurrent.atomic.AtomicLong;

/** When consumption began, by this process's clock. */
final class FirstRecord {
    private static final long NOT_YET = Long.MAX_VALUE;

    private final AtomicLong nanos = new AtomicLong(NOT_YET);

    void seen(long now) {
        nanos.accumulateAndGet(now, Math::min);
    }

    /** The largest number when nothing was consumed yet. */
    long nanosOrNever() {
        return nanos.get();
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
