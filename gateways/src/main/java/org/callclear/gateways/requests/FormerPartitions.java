package org.callclear.gateways.requests;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.RecordDeserializer.RegistryUnavailableException;
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
    private static final Duration BACK_OFF = Duration.ofMillis(250);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final RecordDeserializer deserializer;
    private final RequestDesk desk;
    private final BlockingQueue<Map<TopicPartition, Long>> givenUp = new LinkedBlockingQueue<>();
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean closing;

    /** @param consumer used and closed by the reading thread alone; of no group */
    FormerPartitions(
            Consumer<String, byte[]> consumer, String topic, RecordDeserializer deserializer, RequestDesk desk) {
        this.consumer = consumer;
        this.deserializer = deserializer;
        this.desk = desk;
        this.thread = Thread.ofPlatform().daemon().name("former-" + topic).unstarted(this::run);
    }

    void start() {
        thread.start();
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
        closing = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            while (!closing) {
                takeOver(next.isEmpty() ? givenUp.poll(POLL.toMillis(), TimeUnit.MILLISECONDS) : givenUp.poll());
                if (!next.isEmpty()) {
                    readOn();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (WakeupException e) {
            LOG.debug("{} wakes up to end", thread.getName());
        } catch (RuntimeException | Error e) {
            LOG.error("{} stopped", thread.getName(), e);
            ended.completeExceptionally(e);
        } finally {
            ended.complete(null);
        }
    }

    private void takeOver(@Nullable Map<TopicPartition, Long> from) {
        if (from != null) {
            LOG.info("{} reads on in {}", thread.getName(), from);
            from.forEach((partition, offset) -> next.merge(partition, offset, Math::min));
            consumer.assign(next.keySet());
            next.forEach(consumer::seek);
        }
    }

    private void readOn() {
        for (ConsumerRecord<String, byte[]> record : poll()) {
            if (!hear(record)) {
                return;
            }
            next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        }
    }

    private ConsumerRecords<String, byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (RetriableException e) {
            LOG.warn("{} goes on after: {}", thread.getName(), e.toString());
            return ConsumerRecords.empty();
        }
    }

    /** Gives false when it is to end before the record could be read. */
    private boolean hear(ConsumerRecord<String, byte[]> record) {
        while (!closing) {
            try {
                if (deserializer.read(record.value()) instanceof Reading.Read read) {
                    desk.overhear(read.value());
                }
                return true;
            } catch (RegistryUnavailableException e) {
                LOG.warn("{} waits for the schema registry: {}", thread.getName(), e.getMessage());
                pause();
            }
        }
        return false;
    }

    private static void pause() {
        try {
            Thread.sleep(BACK_OFF);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
