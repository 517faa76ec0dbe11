package org.callclear.clearinghouse.answering;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.callclear.clearinghouse.grant.Remembered;
import org.callclear.clearinghouse.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions this instance has: which of them may be served, what of them is in flight, how far each is done. A
 * partition is served when the journal's grants for it are in the book, when the {@link MembershipLease} holds and when
 * not too much is in flight. Used by the loop's thread; only finished work and restored grants come from others, through
 * queues.
 */
final class Holdings implements ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(Holdings.class);
    private static final Duration DRAIN_WITHIN = Duration.ofSeconds(2);
    private static final Duration BACK_OFF = Duration.ofMillis(250);
    private static final Duration POSITION_WITHIN = Duration.ofSeconds(1);

    /** Reads the grants of some partitions of the journal, elsewhere. */
    @FunctionalInterface
    interface Restorer {
        /** Failed only when it makes no sense to try again. */
        CompletableFuture<Collection<Remembered.Yes>> restore(Set<Integer> partitions);
    }

    private record Finished(
            Holding holding,
            long offset,
            Instant writtenAt,
            @Nullable Throwable failure) {}

    private record Restored(
            Set<Holding> holdings,
            Collection<Remembered.Yes> grants,
            @Nullable Throwable failure) {}

    private final Consumer<byte[], byte[]> consumer;
    private final AnswerDesk desk;
    private final Restorer restorer;
    private final Rules rules;
    private final LongSupplier nanos;
    private final Commits commits;
    private final MembershipLease lease;
    private final Map<TopicPartition, Holding> held = new HashMap<>();
    private final BlockingQueue<Finished> finished = new LinkedBlockingQueue<>();
    private final BlockingQueue<Restored> restored = new LinkedBlockingQueue<>();
    private boolean assigned;
    private int inFlight;

    /**
     * What the holdings go by.
     *
     * @param placement which call belongs to which partition
     * @param mostInFlight nothing more is read while so many requests are being answered
     * @param worthAnswering whether a request written at an instant is still worth an answer
     * @param tally told of each request that is answered or given up
     */
    record Rules(Placement placement, int mostInFlight, Predicate<Instant> worthAnswering, Tally tally) {}

    Holdings(
            Consumer<byte[], byte[]> consumer,
            AnswerDesk desk,
            Restorer restorer,
            Rules rules,
            MembershipLease lease,
            LongSupplier nanos) {
        this.consumer = consumer;
        this.desk = desk;
        this.restorer = restorer;
        this.rules = rules;
        this.lease = lease;
        this.nanos = nanos;
        this.commits = new Commits(consumer, lease, nanos);
    }

    // --- what the group gives and takes, called within poll ---

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        assigned = true;
        partitions.forEach(partition -> held.put(partition, holding(partition, nanos.getAsLong())));
        consumer.pause(partitions);
        if (partitions.isEmpty()) {
            return;
        }
        LOG.info("given {} partitions", partitions.size());
        Set<Holding> waiting = partitions.stream().map(this::get).collect(Collectors.toSet());
        Set<Integer> numbers =
                partitions.stream().map(TopicPartition::partition).collect(Collectors.toSet());
        CompletableFuture<Collection<Remembered.Yes>> unused = restorer.restore(numbers)
                .whenComplete((grants, failure) ->
                        restored.add(new Restored(waiting, failure == null ? grants : List.of(), failure)));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        drain(partitions);
        commits.now(partitions.stream().map(held::get).filter(Objects::nonNull).toList());
        drop(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        LOG.warn("lost {} partitions: another instance answers them", partitions.size());
        drop(partitions);
    }

    private void drop(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Holding holding = held.remove(partition);
            if (holding != null) {
                end(holding);
            }
        }
        Set<Integer> left =
                held.keySet().stream().map(TopicPartition::partition).collect(Collectors.toSet());
        partitions.stream()
                .map(TopicPartition::partition)
                .distinct()
                .filter(number -> !left.contains(number))
                .forEach(number -> desk.forget(number, rules.placement()));
    }

    private void end(Holding holding) {
        inFlight -= holding.inFlight();
        holding.tenure().end();
    }

    private void drain(Collection<TopicPartition> partitions) {
        long until = nanos.getAsLong() + DRAIN_WITHIN.toNanos();
        while (inFlight(partitions) > 0 && nanos.getAsLong() - until < 0) {
            try {
                Finished one = finished.poll(20, TimeUnit.MILLISECONDS);
                if (one != null) {
                    take(one);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private int inFlight(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .map(held::get)
                .filter(Objects::nonNull)
                .mapToInt(Holding::inFlight)
                .sum();
    }

    // --- what the loop does in each turn ---

    /** Takes in what was finished and restored, commits, and lets those partitions run that may. */
    void settle() {
        for (Restored one = restored.poll(); one != null; one = restored.poll()) {
            take(one);
        }
        for (Finished one = finished.poll(); one != null; one = finished.poll()) {
            take(one);
        }
        held.values().forEach(this::findPosition);
        commits.ifDue(held.values());
        runOrPause();
    }

    /** Whether the first partitions are being served, or there are none to serve. */
    boolean isServing() {
        return assigned && held.values().stream().allMatch(Holding::isRunning);
    }

    /** The instant, by the clock that {@link #started} goes by. */
    long nanos() {
        return nanos.getAsLong();
    }

    /** The holding that a record may be answered for now; null when not. */
    @Nullable
    Holding mayServe(TopicPartition partition) {
        Holding holding = held.get(partition);
        return holding != null && holding.isRunning() && holding.tenure().mayAnswer() ? holding : null;
    }

    /**
     * A record is being answered.
     *
     * @param begunNanos when it was taken up
     */
    void started(
            Holding holding, ConsumerRecord<byte[], byte[]> record, long begunNanos, CompletableFuture<Void> done) {
        holding.tracker().started(record.offset());
        inFlight++;
        Instant writtenAt = Instant.ofEpochMilli(record.timestamp());
        CompletableFuture<Void> unused = done.whenComplete((nothing, failure) -> {
            if (failure == null) {
                rules.tally().of(Stage.ANSWERED).took(nanos.getAsLong() - begunNanos);
            }
            finished.add(new Finished(holding, record.offset(), writtenAt, failure));
        });
    }

    /** Reads a partition again a little later, from the first record that is not finished. */
    void rewind(TopicPartition partition, long next) {
        Holding before = held.get(partition);
        if (before == null) {
            return;
        }
        long from = before.hasPosition() ? Math.min(before.tracker().committable(), next) : next;
        end(before);
        Holding again = holding(partition, nanos.getAsLong() + BACK_OFF.toNanos());
        again.position(from);
        if (before.isRestored()) {
            again.restored();
        }
        held.put(partition, again);
        consumer.pause(Set.of(partition));
        consumer.seek(partition, from);
    }

    /** Before an orderly end: waits a little for what is in flight, and commits. */
    void handBack() {
        drain(List.copyOf(held.keySet()));
        commits.now(held.values());
    }

    /** Nothing is answered any more. */
    void endAll() {
        held.values().forEach(this::end);
        held.clear();
    }

    private void take(Restored one) {
        if (one.failure() != null) {
            throw new IllegalStateException("the journal cannot be read back", one.failure());
        }
        desk.restore(one.grants());
        for (Holding holding : one.holdings()) {
            Holding now = held.get(holding.partition());
            if (now != null) { // it may have been rewound meanwhile
                now.restored();
            }
        }
    }

    private void take(Finished one) {
        Holding holding = one.holding();
        if (!holding.equals(held.get(holding.partition()))) {
            return; // of an earlier tenure; the record is read again by whoever has the partition
        }
        if (one.failure() == null) {
            finish(one);
        } else if (rules.worthAnswering().test(one.writtenAt())) {
            LOG.warn(
                    "{}@{} not answered, tried again: {}",
                    holding.partition(),
                    one.offset(),
                    one.failure().toString());
            rewind(holding.partition(), one.offset());
        } else {
            LOG.error(
                    "{}@{} given up unanswered: {}",
                    holding.partition(),
                    one.offset(),
                    one.failure().toString());
            rules.tally().unanswered();
            finish(one);
        }
    }

    private void finish(Finished one) {
        one.holding().tracker().finished(one.offset());
        inFlight--;
    }

    private void findPosition(Holding holding) {
        if (!holding.hasPosition()) {
            try {
                holding.position(consumer.position(holding.partition(), POSITION_WITHIN));
            } catch (TimeoutException e) {
                LOG.warn("{} has no position yet: {}", holding.partition(), e.getMessage());
            }
        }
    }

    private void runOrPause() {
        long now = nanos.getAsLong();
        boolean room = inFlight < rules.mostInFlight() && lease.holds(now);
        for (Holding holding : held.values()) {
            boolean run = room && holding.isReady(now);
            if (run && !holding.isRunning()) {
                consumer.resume(Set.of(holding.partition()));
            } else if (!run && holding.isRunning()) {
                consumer.pause(Set.of(holding.partition()));
            }
            holding.running(run);
        }
    }

    private Holding holding(TopicPartition partition, long waitUntil) {
        return new Holding(new Tenure(partition, () -> lease.holds(nanos.getAsLong())), waitUntil);
    }

    private Holding get(TopicPartition partition) {
        return Objects.requireNonNull(held.get(partition));
    }
}
