package org.callclear.clearinghouse.answering;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Writes with a producer. {@code send} of Kafka's producer waits for a topic's metadata the first time: that is done
 * aside, so that one missing topic holds up nobody else.
 */
final class KafkaOutbox implements Outbox, AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

    private final Producer<String, SpecificRecord> producer;
    private final Map<String, CompletableFuture<Void>> topics = new ConcurrentHashMap<>();
    private final ExecutorService lookUps = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("clearinghouse-topics-", 0).factory());

    /** @param producer closed with the outbox */
    KafkaOutbox(Producer<String, SpecificRecord> producer) {
        this.producer = producer;
    }

    /** Done when the topic is known. */
    CompletableFuture<Void> ready(String topic) {
        CompletableFuture<Void> known = topics.computeIfAbsent(
                topic, name -> CompletableFuture.runAsync(() -> producer.partitionsFor(name), lookUps));
        if (known.isCompletedExceptionally()) {
            topics.remove(topic, known);
        }
        return known;
    }

    /** How many partitions a topic has; waits for it. */
    int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    @Override
    public CompletableFuture<Void> send(ProducerRecord<String, SpecificRecord> record) {
        CompletableFuture<Void> ready = ready(record.topic());
        return ready.isDone() && !ready.isCompletedExceptionally()
                ? hand(record)
                : ready.thenComposeAsync(known -> hand(record), lookUps);
    }

    private CompletableFuture<Void> hand(ProducerRecord<String, SpecificRecord> record) {
        CompletableFuture<Void> acknowledged = new CompletableFuture<>();
        try {
            Future<RecordMetadata> unused = producer.send(record, (metadata, exception) -> {
                if (exception == null) {
                    acknowledged.complete(null);
                } else {
                    acknowledged.completeExceptionally(exception);
                }
            });
        } catch (RuntimeException e) { // what cannot be serialized is thrown, not called back
            acknowledged.completeExceptionally(e);
        }
        return acknowledged;
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
        lookUps.shutdownNow();
    }
}
