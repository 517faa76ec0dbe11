package org.callclear.bench.settle;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** When consumption began, by this process's clock. */
final class FirstRecord {
    private static final long NOT_YET = Long.MAX_VALUE;

    private final AtomicLong nanos = new AtomicLong(NOT_YET);
    private final LongConsumer told;

    FirstRecord() {
        this(now -> {});
    }

    /** @param told is given that time once, on the consumer's thread */
    FirstRecord(LongConsumer told) {
        this.told = told;
    }

    void seen(long now) {
        if (nanos.compareAndSet(NOT_YET, now)) {
            told.accept(now);
        }
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
