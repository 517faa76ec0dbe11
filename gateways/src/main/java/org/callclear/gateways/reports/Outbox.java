package org.callclear.gateways.reports;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Sends records in the order in which they are handed over, on a thread of its own: a producer may block for seconds
 * while it learns a topic's partitions, and no call and no consumer shall wait for that.
 */
public final class Outbox implements AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Producer<String, SpecificRecord> producer;
    private final ExecutorService thread;

    /**
     * @param producer closed by {@link #close}
     * @param name of the thread
     */
    public Outbox(Producer<String, SpecificRecord> producer, String name) {
        this.producer = producer;
        this.thread = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /** Sends a record; done when it is acknowledged, exceptionally when it cannot be sent. Never blocks. */
    public CompletableFuture<Void> send(ProducerRecord<String, SpecificRecord> record) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        try {
            thread.execute(() -> sendNow(record, sent));
        } catch (RejectedExecutionException e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }

    /** Done when all that was handed over before has been given to the producer. */
    public CompletableFuture<Void> whenIdle() {
        return CompletableFuture.runAsync(() -> {}, thread);
    }

    private void sendNow(ProducerRecord<String, SpecificRecord> record, CompletableFuture<Void> sent) {
        try {
            var unused = producer.send(record, (place, failure) -> {
                if (failure == null) {
                    sent.complete(null);
                } else {
                    sent.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            sent.completeExceptionally(e);
        }
    }

    /** Sends what was handed over, waits a few seconds for the acknowledgements, and closes the producer. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE_WITHIN);
    }
}
