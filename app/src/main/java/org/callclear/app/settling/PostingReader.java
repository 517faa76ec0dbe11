package org.callclear.app.settling;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.settlement.net.Books;
import org.jspecify.annotations.Nullable;

/** Reads the committed postings from beginning to end, once, into books. */
public final class PostingReader {
    private static final Duration STALLED = Duration.ofSeconds(30);

    private final Books books;
    private final AtomicLong taken = new AtomicLong();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();

    private PostingReader(Books books) {
        this.books = books;
    }

    /**
     * Fills the books.
     *
     * @param books empty ones
     * @throws SettlingException when the postings cannot be read to their end, or one of them cannot be understood:
     *     a sum without it would be wrong
     */
    public static Books read(KafkaAccess access, Books books) {
        PostingReader reader = new PostingReader(books);
        try (TopicTail tail = TopicTail.start(
                access, "postings", List.of(Topic.POSTINGS.topic()), TopicTail.From.BEGINNING, reader::take)) {
            reader.await(tail);
        }
        synchronized (reader) {
            return books;
        }
    }

    private synchronized void take(ConsumerRecord<String, byte[]> record, @Nullable Reading reading) {
        taken.incrementAndGet();
        try {
            if (reading instanceof Reading.Read read && read.value() instanceof Posting posting) {
                books.add(posting);
            } else {
                throw new IllegalArgumentException("is no posting");
            }
        } catch (IllegalArgumentException e) {
            String place = record.topic() + " partition " + record.partition() + ", offset " + record.offset();
            failed.completeExceptionally(new SettlingException(place + ": " + e.getMessage(), null));
        }
    }

    /** However many there are: gives up only when nothing comes any more. */
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
                "the postings could not be read: nothing came for " + STALLED.toSeconds() + " s", null);
    }

    private static boolean isDone(CompletableFuture<Object> done) {
        try {
            done.get(STALLED.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new SettlingException("the postings cannot be read: " + SettlingException.rootOf(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SettlingException("interrupted while reading postings", e);
        }
    }
}
