package org.callclear.settlement.intake;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.call.PartyName;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.jspecify.annotations.Nullable;

/** The carriers there are, as the reference data says: each gets a statement, though it be empty. */
final class KnownCarriers implements AutoCloseable {
    private final Set<String> ids = new ConcurrentSkipListSet<>();
    private final TopicTail tail;

    private KnownCarriers(KafkaAccess access) {
        this.tail = TopicTail.start(
                access, "settlement-carriers", List.of(Topic.CARRIERS.topic()), TopicTail.From.BEGINNING, this::take);
    }

    @SuppressWarnings("resource") // closed by whoever closes intake
    static KnownCarriers follow(KafkaAccess access) {
        return new KnownCarriers(access);
    }

    /** Done when all that was there at the start is known. */
    CompletableFuture<Void> caughtUp() {
        return tail.caughtUp();
    }

    /**
     * Their ids, sorted.
     *
     * @throws IllegalStateException when they are no longer followed: a barrier must not go by an old list
     */
    List<String> ids() {
        if (tail.ended().isCompletedExceptionally()) {
            throw new IllegalStateException("the carriers are no longer followed; see the log");
        }
        return List.copyOf(ids);
    }

    private void take(ConsumerRecord<String, byte[]> record, @Nullable Reading reading) {
        if (!PartyName.isValid(String.valueOf(record.key()))) {
            return;
        }
        if (reading == null) {
            ids.remove(record.key());
        } else {
            ids.add(record.key());
        }
    }

    @Override
    public void close() {
        tail.close();
    }
}
