package org.callclear.clearinghouse.answering;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.topics.Topic;

/** Writes grants, and knows which of them are not known to be written yet. */
final class Journal {
    private final Outbox outbox;
    private final Map<CallId, CompletableFuture<Void>> underway = new ConcurrentHashMap<>();

    Journal(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Writes a grant; done when the journal has it. */
    CompletableFuture<Void> write(CallId callId, Grant grant) {
        CompletableFuture<Void> written =
                outbox.send(new ProducerRecord<>(Topic.SETTLEMENT_JOURNAL.topic(), callId.toString(), grant));
        underway.put(callId, written);
        CompletableFuture<Void> unused = written.thenRun(() -> underway.remove(callId, written));
        return written;
    }

    /** Done when the journal has the grant of a call that was decided before; writes the same again if that failed. */
    CompletableFuture<Void> ensure(CallId callId, Grant grant) {
        CompletableFuture<Void> before = underway.get(callId);
        if (before == null) {
            return CompletableFuture.completedFuture(null);
        }
        return before.isCompletedExceptionally() ? write(callId, grant) : before;
    }

    /** Whether the journal may or may not have the call's grant. */
    boolean isUnsure(CallId callId) {
        return underway.containsKey(callId);
    }

    /** Thinks no more of grants that could not be written and whose call nobody remembers. */
    void tidy(Predicate<CallId> remembered) {
        underway.entrySet()
                .removeIf(one -> one.getValue().isCompletedExceptionally() && !remembered.test(one.getKey()));
    }

    /** The journal was read and has a grant for the call. */
    void found(CallId callId) {
        underway.remove(callId);
    }
}
