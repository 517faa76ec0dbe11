package org.callclear.clearinghouse.watching;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.callclear.clearinghouse.limit.LimitBook;
import org.callclear.clearinghouse.limit.Limits;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.RegistryUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows every partition of the settlement journal, from as far back as anything still counts, with a thread of its own. It
 * reads uncommitted: what settlement's transactions hold open must not keep the grants of other instances back.
 */
public final class JournalTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalTail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration BACK_OFF = Duration.ofMillis(250);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final CallWatch watch;
    private final Instant since;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Map<TopicPartition, Long> ahead = new HashMap<>();
    private final Thread thread;
    private volatile boolean closing;

    JournalTail(Consumer<byte[], byte[]> consumer, CallWatch watch, Instant since, String name) {
        this.consumer = consumer;
        this.watch = watch;
        this.since = since;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Begins to follow the journal.
     *
     * @param name names its consumer and its thread
     * @param limits those in force
     */
    public static JournalTail start(
            KafkaAccess access, String name, LimitBook book, Supplier<Limits> limits, Clock clock) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", name);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_uncommitted");
        settings.put("max.poll.records", 5_000);
        settings.put("receive.buffer.bytes", 1 << 20);
        settings.put("allow.auto.create.topics", false);
        JournalTail tail = new JournalTail(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                new CallWatch(new RecordDeserializer(access.registry()), book, limits, clock),
                clock.instant().minus(book.reach()),
                name);
        tail.thread.start();
        return tail;
    }

    /** Done when what was there at the start has been taken in. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp.copy();
    }

    /** Done when nothing more is followed: exceptionally when it had to give up, and limits would go by old counts. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** Records that could not be used since the start. */
    public long unusable() {
        return watch.unusable();
    }

    void run() {
        try (consumer) {
            while (!closing && !isPlaced()) {
                Thread.sleep(BACK_OFF);
            }
            while (!closing) {
                consumer.poll(POLL).forEach(this::take);
                lookHowFar();
            }
            ended.complete(null);
        } catch (WakeupException e) {
            ended.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            LOG.error("{} stopped", thread.getName(), e);
            caughtUp.completeExceptionally(e);
            ended.completeExceptionally(e);
        }
    }

    /** Finds the place to begin at; false when the cluster cannot say yet. */
    private boolean isPlaced() {
        try {
            List<TopicPartition> places = consumer.partitionsFor(Topic.SETTLEMENT_JOURNAL.topic()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, Long> times = new HashMap<>();
            places.forEach(place -> times.put(place, since.toEpochMilli()));
            Map<TopicPartition, Long> ends = consumer.endOffsets(places);
            Map<TopicPartition, Long> starts = new HashMap<>(ends);
            consumer.offsetsForTimes(times).forEach((place, first) -> {
                if (first != null) {
                    starts.put(place, first.offset());
                }
            });
            consumer.assign(places);
            starts.forEach(consumer::seek);
            ahead.putAll(ends);
            return !places.isEmpty();
        } catch (RetriableException e) {
            LOG.warn("{} cannot begin yet: {}", thread.getName(), e.getMessage());
            return false;
        }
    }

    private void lookHowFar() {
        if (!caughtUp.isDone()) {
            ahead.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (ahead.isEmpty()) {
                caughtUp.complete(null);
            }
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        while (!closing) {
            try {
                watch.take(record);
                return;
            } catch (RegistryUnavailableException e) {
                LOG.warn("{} waits for the schema registry: {}", thread.getName(), e.getMessage());
                try {
                    Thread.sleep(BACK_OFF);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
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
}
