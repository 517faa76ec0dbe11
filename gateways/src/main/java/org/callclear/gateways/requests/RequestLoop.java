package org.callclear.gateways.requests;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
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
 * Reads the set-up topic on a thread of its own and commits what has had its effect. No lie it reads can stop it; only a
 * broken client does, and a fault of this program: a record whose working off failed is not committed, nor anything
 * behind it, so that it is read again. That is told through {@link #ended()}.
 */
public final class RequestLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLoop.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration BACK_OFF = Duration.ofMillis(250);
    private static final Duration COMMIT_EVERY = Duration.ofMillis(100);
    private static final Duration COMMIT_WITHIN = Duration.ofSeconds(10);

    private final Consumer<String, byte[]> consumer;
    private final FormerPartitions former;
    private final String topic;
    private final RecordDeserializer deserializer;
    private final RequestDesk desk;
    private final Duration settleWithin;
    private final CommitLedger ledger = new CommitLedger();
    private final Map<Place, CompletableFuture<Void>> unsettled = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> assigned = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
    private final Thread thread;
    private long committedAt = System.nanoTime() - COMMIT_EVERY.toNanos();
    private volatile boolean closing;

    /**
     * The loop's clients, each used and closed by a thread of its own.
     *
     * @param member of the consumer group that the gateway's instances share
     * @param alone of no group: reads on in partitions that others have now
     */
    public record Readers(Consumer<String, byte[]> member, Consumer<String, byte[]> alone) {}

    /** Where a record stands. */
    private record Place(TopicPartition partition, long offset) {}

    /**
     * @param topic the only topic read
     * @param settleWithin how long what is in judgement is waited for before partitions are given up; longer than a
     *     judgement may take
     */
    public RequestLoop(
            Readers readers, String topic, RecordDeserializer deserializer, RequestDesk desk, Duration settleWithin) {
        this.consumer = readers.member();
        this.former = new FormerPartitions(readers.alone(), topic, deserializer, desk);
        this.topic = topic;
        this.deserializer = deserializer;
        this.desk = desk;
        this.settleWithin = settleWithin;
        this.thread = Thread.ofPlatform().daemon().name("requests-" + topic).unstarted(this::run);
    }

    /** Begins to read. Done when partitions are assigned. */
    public CompletableFuture<Void> start() {
        var unused = former.ended().whenComplete((done, failure) -> {
            if (failure != null) {
                stopFor("partitions that were given up cannot be read", failure);
            }
        });
        former.start();
        thread.start();
        return assigned;
    }

    /** Done when the loop has ended: exceptionally when it could not go on. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** Done when what was read before has had its effect; never exceptionally. */
    public CompletableFuture<Void> settled() {
        return CompletableFuture.allOf(unsettled.values().toArray(CompletableFuture<?>[]::new))
                .handle((done, failure) -> null);
    }

    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(settleWithin.plus(COMMIT_WITHIN));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        former.close();
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(topic), new OnAssignment());
            while (!closing) {
                turn();
                RuntimeException failed = fault.get();
                if (failed != null) {
                    throw failed;
                }
            }
        } catch (WakeupException e) {
            LOG.debug("{} wakes up to end", thread.getName());
        } catch (RuntimeException e) {
            LOG.error("{} stopped", thread.getName(), e);
            assigned.completeExceptionally(e);
            ended.completeExceptionally(e);
        } finally {
            ended.complete(null);
        }
    }

    private void turn() {
        try {
            ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                work(partition, records.records(partition));
            }
            if (System.nanoTime() - committedAt >= COMMIT_EVERY.toNanos()) {
                commit(false);
            }
        } catch (RetriableException e) {
            LOG.warn("{} goes on after: {}", thread.getName(), e.toString());
        }
    }

    private void work(TopicPartition partition, List<ConsumerRecord<String, byte[]>> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            Reading reading;
            try {
                reading = deserializer.read(record.value());
            } catch (RegistryUnavailableException e) {
                LOG.warn("{} waits for the schema registry: {}", thread.getName(), e.getMessage());
                consumer.seek(partition, record.offset()); // and this poll's rest of the partition with it
                pause();
                return;
            }
            if (ledger.take(partition, record.offset())) {
                Place place = new Place(partition, record.offset());
                CompletableFuture<Void> answered =
                        answer(record, reading).whenComplete((done, failure) -> settle(place, failure));
                unsettled.put(place, answered);
                var unused = answered.whenComplete((done, failure) -> unsettled.remove(place));
            }
        }
    }

    private void settle(Place place, @Nullable Throwable failure) {
        if (failure == null) {
            ledger.done(place.partition(), place.offset());
        } else {
            stopFor(place.partition() + "@" + place.offset() + " could not be worked off", failure);
        }
    }

    private void stopFor(String why, Throwable cause) {
        fault.compareAndSet(null, new IllegalStateException(why, cause));
    }

    private CompletableFuture<Void> answer(ConsumerRecord<String, byte[]> record, Reading reading) {
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        return switch (reading) {
            case Reading.Read read -> desk.take(record.key() == null ? "" : record.key(), read.value(), place);
            case Reading.Unreadable unreadable -> desk.unreadable(place, unreadable.why());
        };
    }

    private void commit(boolean wait) {
        Map<TopicPartition, OffsetAndMetadata> offsets = ledger.committable();
        if (offsets.isEmpty()) {
            return;
        }
        committedAt = System.nanoTime();
        if (wait) {
            consumer.commitSync(offsets, COMMIT_WITHIN);
        } else {
            consumer.commitAsync(offsets, (committed, failure) -> {
                if (failure != null) {
                    ledger.again(offsets.keySet());
                    LOG.warn("{}: commit failed, a later one will do: {}", thread.getName(), failure.toString());
                }
            });
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BACK_OFF);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever gets the partitions would read what is in judgement again, only to refuse it as used. */
    private void awaitSettled() {
        try {
            settled().get(settleWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{}: gives partitions up with {} set-ups in judgement", thread.getName(), unsettled.size());
        }
    }

    private final class OnAssignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> missed = new HashMap<>(ledger.givenUp());
            missed.entrySet().removeIf(one -> goesOn(one.getKey(), one.getValue()));
            if (!missed.isEmpty()) {
                ledger.left(missed.keySet());
                former.follow(missed);
            }
            assigned.complete(null);
        }

        /** Whether the partition came back, and nothing in it was read by another meanwhile. */
        private boolean goesOn(TopicPartition partition, long offset) {
            try {
                return consumer.assignment().contains(partition) && consumer.position(partition) <= offset;
            } catch (RetriableException e) {
                LOG.warn("{}: where {} begins is not known: {}", thread.getName(), partition, e.toString());
                return false;
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            awaitSettled();
            try {
                commit(true);
            } catch (KafkaException e) {
                LOG.warn("{}: commit before giving partitions up failed: {}", thread.getName(), e.toString());
            }
            ledger.release(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            ledger.release(partitions);
        }
    }
}
