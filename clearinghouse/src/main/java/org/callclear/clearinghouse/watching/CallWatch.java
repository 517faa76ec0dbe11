package org.callclear.clearinghouse.watching;

import java.time.Clock;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.clearinghouse.limit.LimitBook;
import org.callclear.clearinghouse.limit.Limits;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a {@link LimitBook} what a record of the journal says. A grant of this instance is told again; the book counts it
 * once. A report that a transaction wrote is taken before it is committed: should it be aborted, intake takes the same report
 * in again.
 */
public final class CallWatch implements TopicTail.Handler {
    private static final Logger LOG = LoggerFactory.getLogger(CallWatch.class);

    private final LimitBook book;
    private final Supplier<Limits> limits;
    private final Clock clock;
    private final LongAdder unusable = new LongAdder();

    /** @param limits those in force */
    public CallWatch(LimitBook book, Supplier<Limits> limits, Clock clock) {
        this.book = book;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public void take(ConsumerRecord<String, byte[]> record, @Nullable Reading reading) {
        if (reading == null) {
            return;
        }
        try {
            switch (reading) {
                case Reading.Read read -> take(read);
                case Reading.Unreadable unreadable -> throw new IllegalArgumentException(unreadable.why());
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            unusable.increment();
            LOG.error(
                    "{}-{}@{} does not count towards limits: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private void take(Reading.Read read) {
        switch (read.value()) {
            case Grant grant -> book.granted(grant, limits.get(), clock.instant());
            case AcceptedCdr report -> book.reported(report, limits.get(), clock.instant());
            default -> {
                // Barriers and commands begin and end no call.
            }
        }
    }

    /** Records that could not be used since the start. */
    public long unusable() {
        return unusable.sum();
    }
}
