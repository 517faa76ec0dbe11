package org.callclear.settlement.intake;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.settlement.period.Calendar;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a {@link ReferenceView} up to date from the reference topics. What cannot be used changes nothing. */
final class KnownReferences implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KnownReferences.class);
    private static final List<String> FOLLOWED =
            List.of(Topic.CARRIERS.topic(), Topic.CONTRACTS.topic(), Topic.RATE_DECKS.topic());

    private final ReferenceView view;
    private final TopicTail tail;

    private KnownReferences(KafkaAccess access, Calendar usual) {
        this.view = new ReferenceView(usual);
        this.tail = TopicTail.start(access, "settlement-references", FOLLOWED, TopicTail.From.BEGINNING, this::take);
    }

    /** @param usual the calendar of carriers without a contract */
    @SuppressWarnings("resource") // closed by whoever closes intake
    static KnownReferences follow(KafkaAccess access, Calendar usual) {
        return new KnownReferences(access, usual);
    }

    /** Done when all that was there at the start is known. */
    CompletableFuture<Void> caughtUp() {
        return tail.caughtUp();
    }

    /** Done when they are no longer followed; exceptionally when that was not asked for. */
    CompletableFuture<Void> ended() {
        return tail.ended();
    }

    /**
     * What is known now.
     *
     * @throws IllegalStateException when they are no longer followed: nothing may go by what is old
     */
    InForce inForce() {
        if (tail.ended().isCompletedExceptionally()) {
            throw new IllegalStateException("the reference data is no longer followed; see the log");
        }
        return view.inForce();
    }

    private void take(ConsumerRecord<String, byte[]> record, @Nullable Reading reading) {
        String key = String.valueOf(record.key());
        if (reading == null) {
            view.remove(record.topic(), key);
        } else if (!(reading instanceof Reading.Read read && view.put(record.topic(), key, read.value()))) {
            LOG.error(
                    "{}-{} offset {} cannot be used; what it would replace stays",
                    record.topic(),
                    record.partition(),
                    record.offset());
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
