package org.callclear.schemas.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows topics with a thread and a consumer of its own, without a group and without commits: reference data, answers
 * to this instance, statements. Topics that appear later and match are followed from their beginning.
 */
public final class TopicTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicTail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK_FOR_TOPICS = Duration.ofSeconds(2);
    private static final Duration BACK_OFF = Duration.ofMillis(250);
    private static final int BATCH_BYTES = 64 << 10;

    /**
     * Where to begin in topics that are there at the start, and what is taken.
     *
     * @param place where
     * @param instant the earliest record's timestamp, for {@link Place#INSTANT} only
     * @param uncommitted whether records are taken before their transaction is committed, and those of aborted ones too
     * @param waits how the broker is asked for what is not there yet
     */
    public record From(Place place, @Nullable Instant instant, boolean uncommitted, Waits waits) {
        /** All they hold. */
        public static final From BEGINNING = new From(Place.BEGINNING, null, false, Waits.LONG);

        /** All they hold, for one who reads it and closes: at the end the broker is soon done with the last question. */
        public static final From BEGINNING_TO_END = new From(Place.BEGINNING, null, false, Waits.SHORT);

        /** Only what is written from now on. */
        public static final From END = new From(Place.END, null, false, Waits.LONG);

        /** How long records wait at most for more of them, where they are gathered. */
        public static final Duration GATHERED = Duration.ofMillis(50);

        private static final Duration LONG = Duration.ofMillis(500);

        /** How the broker is asked for what is not there yet. */
        public enum Waits {
            /** For half a second each time: a topic where little comes. */
            LONG,
            /** For {@link #GATHERED}: a consumer cannot be closed before its last question is answered. */
            SHORT,
            /** For {@link #GATHERED}, and records wait as long for more of them. */
            FOR_MORE
        }

        /** Where in a topic. */
        public enum Place {
            BEGINNING,
            INSTANT,
            END
        }

        /** What has the timestamp, or a later one, and what was written after the first of those. */
        public static From since(Instant instant) {
            return new From(Place.INSTANT, instant, false, Waits.LONG);
        }

        /** The same, without waiting for transactions. */
        public From withUncommitted() {
            return new From(place, instant, true, waits);
        }

        /** The same of a busy topic: the broker is not asked anew for each record, and each may come {@link #GATHERED} later. */
        public From inBatches() {
            return new From(place, instant, uncommitted, Waits.FOR_MORE);
        }
    }

    /** Takes the records, on the tail's thread, in order per partition. */
    @FunctionalInterface
    public interface Handler {
        /**
         * One record.
         *
         * @param record place, key, headers and bytes
         * @param reading the value, or why it cannot be read; null for a tombstone
         */
        void take(ConsumerRecord<String, byte[]> record, @Nullable Reading reading);

        /** What had come at once has been handed over; the place for what is done once for all of it. */
        default void tookAll() {}
    }

    private final KafkaConsumer<String, byte[]> consumer;
    private final String name;
    private final PatientReader reader;
    private final Predicate<String> topics;
    private final From from;
    private final Handler handler;
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Set<TopicPartition> known = new HashSet<>();
    private final Map<TopicPartition, Long> atStart = new HashMap<>();

    private TopicTail(KafkaAccess access, String name, Predicate<String> topics, From from, Handler handler) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", name);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", from.uncommitted() ? "read_uncommitted" : "read_committed");
        if (from.waits() == From.Waits.FOR_MORE) {
            settings.put("fetch.min.bytes", BATCH_BYTES);
        }
        Duration wait = from.waits() == From.Waits.LONG ? From.LONG : From.GATHERED;
        settings.put("fetch.max.wait.ms", Math.toIntExact(wait.toMillis()));
        settings.put("receive.buffer.bytes", 1 << 20);
        settings.put("allow.auto.create.topics", false);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        this.name = name;
        this.reader = new PatientReader(name, consumer, new RecordDeserializer(access.registry()), this::run);
        this.topics = topics;
        this.from = from;
        this.handler = handler;
    }

    /** Starts to follow the topics whose name passes the test. */
    public static TopicTail start(
            KafkaAccess access, String name, Predicate<String> topics, From from, Handler handler) {
        TopicTail tail = new TopicTail(access, name, topics, from, handler);
        tail.reader.start();
        return tail;
    }

    /** Starts to follow these topics. */
    public static TopicTail start(
            KafkaAccess access, String name, Collection<String> topics, From from, Handler handler) {
        return start(access, name, Set.copyOf(topics)::contains, from, handler);
    }

    /** Done when all that was there at the start has been handed over, or, from the end, when the end was found. */
    public CompletableFuture<Void> caughtUp() {
        return caughtUp;
    }

    /**
     * Done when nothing more will be handed over: normally after {@link #close()}, exceptionally when the tail had to give
     * up. What it fed then grows old, so its owner has to end too.
     */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** What Kafka's consumer counts. */
    public Map<MetricName, ? extends Metric> metrics() {
        return consumer.metrics();
    }

    @Override
    public void close() {
        reader.close();
    }

    private void run() {
        try (consumer) {
            long lookAt = System.nanoTime();
            while (!reader.isClosing()) {
                if (System.nanoTime() - lookAt >= 0) {
                    lookAt = System.nanoTime() + (lookForTopics() ? LOOK_FOR_TOPICS : BACK_OFF).toNanos();
                }
                poll();
            }
            ended.complete(null);
        } catch (WakeupException e) {
            ended.complete(null);
        } catch (RuntimeException | Error e) {
            LOG.error("{} stopped", name, e);
            caughtUp.completeExceptionally(e);
            ended.completeExceptionally(e);
        }
    }

    private void poll() {
        if (known.isEmpty()) {
            reader.pause();
            return;
        }
        seeWhetherCaughtUp(); // nothing comes of what is empty
        ConsumerRecords<String, byte[]> records = reader.poll(POLL);
        records.forEach(this::take);
        if (!records.isEmpty()) {
            handler.tookAll();
        }
        seeWhetherCaughtUp();
    }

    private void seeWhetherCaughtUp() {
        if (!caughtUp.isDone()) {
            atStart.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (atStart.isEmpty()) {
                caughtUp.complete(null);
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            handler.take(record, null);
        } else {
            reader.read(record).ifPresent(reading -> handler.take(record, reading));
        }
    }

    /** Returns whether the cluster could be asked and every topic could be followed. */
    private boolean lookForTopics() {
        try {
            Set<TopicPartition> fresh = new HashSet<>();
            consumer.listTopics().forEach((name, partitions) -> {
                if (topics.test(name)) {
                    partitions.forEach(p -> fresh.add(new TopicPartition(name, p.partition())));
                }
            });
            fresh.removeAll(known);
            if (!fresh.isEmpty()) {
                follow(fresh);
            }
            return !known.isEmpty();
        } catch (AuthorizationException e) {
            throw e;
        } catch (RetriableException e) {
            LOG.warn("{} cannot list topics yet: {}", name, e.getMessage());
            return false;
        }
    }

    private void follow(Set<TopicPartition> fresh) {
        boolean first = known.isEmpty();
        Map<TopicPartition, Long> positions = new HashMap<>();
        known.forEach(p -> positions.put(p, consumer.position(p)));
        Map<TopicPartition, Long> ends = consumer.endOffsets(fresh);
        Map<TopicPartition, Long> starts = first ? starts(fresh, ends) : consumer.beginningOffsets(fresh);
        fresh.forEach(p -> positions.put(p, starts.getOrDefault(p, 0L)));
        known.addAll(fresh);
        consumer.assign(known);
        positions.forEach(consumer::seek);
        if (first) {
            atStart.putAll(ends);
        }
    }

    /** Where to begin in what was there at the start. */
    private Map<TopicPartition, Long> starts(Set<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        return switch (from.place()) {
            case BEGINNING -> consumer.beginningOffsets(partitions);
            case END -> ends;
            case INSTANT -> since(Objects.requireNonNull(from.instant()), partitions, ends);
        };
    }

    private Map<TopicPartition, Long> since(
            Instant instant, Set<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        partitions.forEach(p -> wanted.put(p, instant.toEpochMilli()));
        Map<TopicPartition, Long> starts = new HashMap<>(ends);
        consumer.offsetsForTimes(wanted).forEach((p, found) -> {
            if (found != null) {
                starts.put(p, found.offset());
            }
        });
        return starts;
    }
}
