package org.callclear.app.settling;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.jspecify.annotations.Nullable;

/** Reads what is committed to a topic from beginning to end, once, in order per partition. */
public final class WholeTopic {
    private static final Duration STALLED = Duration.ofSeconds(30);

    private final String name;
    private final Consumer<SpecificRecord> taker;
    private final AtomicLong taken = new AtomicLong();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private boolean over;

    private WholeTopic(String name, Consumer<SpecificRecord> taker) {
        this.name = name;
        this.taker = taker;
    }

    /**
     * Hands over every record. When this returns, no more come.
     *
     * @param taker throws IllegalArgumentException on a record that it cannot understand
     * @throws SettlingException when the topic cannot be read to its end, or one of its records cannot be understood: an
     *     answer without it would be wrong
     */
    public static void read(KafkaAccess access, Topic topic, Consumer<SpecificRecord> taker) {
        WholeTopic whole = new WholeTopic(topic.topic(), taker);
        try (TopicTail tail = TopicTail.start(
                access, whole.name + "-reader", List.of(whole.name), TopicTail.From.BEGINNING_TO_END, whole::take)) {
            whole.await(tail);
        }
    }

    /**
     * A record of the type that alone may stand there.
     *
     * @throws IllegalArgumentException when it is another
     */
    static <T extends SpecificRecord> T only(Class<T> type, SpecificRecord record) {
        if (!type.isInstance(record)) {
            throw new IllegalArgumentException("a " + record.getSchema().getName() + " is no " + type.getSimpleName());
        }
        return type.cast(record);
    }

    private synchronized void take(ConsumerRecord<String, byte[]> record, @Nullable Reading reading) {
        if (over) {
            return;
        }
        taken.incrementAndGet();
        try {
            switch (reading) {
                case Reading.Read read -> taker.accept(read.value());
                case Reading.Unreadable unreadable -> throw new IllegalArgumentException(unreadable.why());
                case null -> throw new IllegalArgumentException("has no value");
            }
        } catch (IllegalArgumentException e) {
            String place = record.topic() + " partition " + record.partition() + ", offset " + record.offset();
            failed.completeExceptionally(new SettlingException(place + ": " + e.getMessage(), null));
        }
    }

    /** However much there is: gives up only when nothing comes any more. */
    private void await(TopicTail tail) {
        CompletableFuture<Object> done = CompletableFuture.anyOf(tail.caughtUp(), failed);
        long before;
        do {
            before = taken.get();
            if (isDone(done)) {
                return;
            }
        } while (taken.get() > before);
        throw new SettlingException(
                "the topic " + name + " could not be read: nothing came for " + STALLED.toSeconds() + " s", null);
    }

    private boolean isDone(CompletableFuture<Object> done) {
        try {
            done.get(STALLED.toMillis(), TimeUnit.MILLISECONDS);
            end();
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new SettlingException("the topic " + name + " cannot be read: " + SettlingException.rootOf(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SettlingException("interrupted while reading the topic " + name, e);
        }
    }

    private synchronized void end() {
        over = true;
    }
}
