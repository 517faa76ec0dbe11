package org.callclear.settlement.intake;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a {@link ReferenceView} up to date from the reference topics. What cannot be used changes nothing. */
final class KnownReferences implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KnownReferences.class);
    private static final List<String> FOLLOWED =
            List.of(Topic.CARRIERS.topic(), Topic.CONTRACTS.topic(), Topic.RATE_DECKS.topic());

    private final ReferenceView view = new ReferenceView();
    private final TopicTail tail;

    private KnownReferences(KafkaAccess access) {
        this.tail = TopicTail.start(access, "settlement-references", FOLLOWED, TopicTail.From.BEGINNING, this::take);
    }

    @SuppressWarnings("resource") // closed by whoever closes intake
    static KnownReferences follow(KafkaAccess access) {
        return new KnownReferences(access);
    }

    /** Done when all that was there at the start is known. */
    CompletableFuture<Void> caughtUp() {
        return tail.caughtUp();
    }

    /** Done when they are no longer followed; exceptionally when that was not asked for. */
    CompletableFuture<Void> ended() {
        return tail.ended();
    }

    /** What is known now. */
    ReferenceView view() {
        return view;
    }

    /**
     * The carriers' ids, sorted.
     *
     * @throws IllegalStateException when they are no longer followed: a barrier must not go by an old list
     */
    List<String> carriers() {
        if (tail.ended().isCompletedExceptionally()) {
            throw new IllegalStateException("the carriers are no longer followed; see the log");
        }
        return view.carriers();
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
