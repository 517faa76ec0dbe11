package org.callclear.clearinghouse.answering;

import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/** One uninterrupted time in which this instance has a partition. What was begun in an ended one is not answered. */
final class Tenure {
    private final TopicPartition partition;
    private final BooleanSupplier leaseHolds;
    private volatile boolean ended;

    Tenure(TopicPartition partition, BooleanSupplier leaseHolds) {
        this.partition = partition;
        this.leaseHolds = leaseHolds;
    }

    TopicPartition partition() {
        return partition;
    }

    void end() {
        ended = true;
    }

    boolean isOver() {
        return ended;
    }

    /** Whether an answer may go out now. */
    boolean mayAnswer() {
        return !ended && leaseHolds.getAsBoolean();
    }
}
