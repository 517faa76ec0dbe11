package org.callclear.gateways.requests;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.callclear.schemas.wire.PatientReader;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads on, on a thread of its own, in partitions that went to another instance while calls of theirs were up here: what
 * a proxy says about such a call still comes to the call's partition. Answers nothing and commits nothing; that is for
 * whoever has the partition.
 */
final class FormerPartitions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FormerPartitions.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<String, byte[]> consumer;
    private final RequestDesk desk;
    private final BlockingQueue<Map<TopicPartition, Long>> givenUp = new LinkedBlockingQueue<>();
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final String name;
    private final PatientReader reader;

    /** @param consumer used and closed by the reading thread alone; of no group */
    FormerPartitions(
            Consumer<String, byte[]> consumer, String topic, RecordDeserializer deserializer, RequestDesk desk) {
        this.consumer = consumer;
        this.desk = desk;
        this.name = "former-" + topic;
        this.reader = new PatientReader(name, consumer, deserializer, this::run);
    }

    void start() {
        reader.start();
    }

    /** Reads on there, each from its offset on, for as long as the process lives. Never blocks. */
    void follow(Map<TopicPartition, Long> from) {
        givenUp.add(Map.copyOf(from));
    }

    /** Done when nothing more is read: exceptionally when it could not go on. */
    CompletableFuture<Void> ended() {
        return ended.copy();
    }

    @Override
    public void close() {
        reader.close();
    }

    private void run() {
        try (consumer) {
            while (!reader.isClosing()) {
                takeOver(next.isEmpty() ? givenUp.poll(POLL.toMillis(), TimeUnit.MILLISECONDS) : givenUp.poll());
                if (!next.isEmpty()) {
                    readOn();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (WakeupException e) {
            LOG.debug("{} wakes up to end", name);
        } catch (RuntimeException | Error e) {
            LOG.error("{} stopped", name, e);
            ended.completeExceptionally(e);
        } finally {
            ended.complete(null);
        }
    }

    private void takeOver(@Nullable Map<TopicPartition, Long> from) {
        if (from != null) {
            LOG.info("{} reads on in {}", name, from);
            from.forEach((partition, offset) -> next.merge(partition, offset, Math::min));
            consumer.assign(next.keySet());
            next.forEach(consumer::seek);
        }
    }

    private void readOn() {
        for (ConsumerRecord<String, byte[]> record : reader.poll(POLL)) {
            Optional<Reading> reading = reader.read(record);
            if (reading.isEmpty()) {
                return;
            }
            if (reading.get() instanceof Reading.Read read) {
                desk.overhear(read.value());
            }
            next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
    }
}
