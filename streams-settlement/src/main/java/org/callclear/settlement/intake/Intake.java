package org.callclear.settlement.intake;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.callclear.metrics.Meters;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.settlement.intake.Reception.Moment;
import org.callclear.settlement.intake.Reception.Received;
import org.callclear.settlement.period.Calendar;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes reports and commands and produces the journal, exactly once: a batch, what follows from it and its offsets
 * are one transaction. After a failure it begins again from the last committed offsets; it stops only when it is fenced
 * or not allowed. Several instances share the reports; the one that has the commands also writes the barriers.
 */
public final class Intake implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final TopicPartition COMMANDS = new TopicPartition(Topic.COMMANDS.topic(), 0);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long BACK_OFF_MILLIS = 500;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final IntakeClients clients;
    private final Consumer<byte[], byte[]> consumer;
    private final SetAside setAside = new SetAside();
    private final Reception reception;
    private final JournalBarriers barriers;
    private final KnownReferences references;
    private final IntakeCounts counts;
    private final Clock clock;
    private final CompletableFuture<Void> serving = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private @Nullable Producer<String, SpecificRecord> producer;
    /** The journal's open periods; null while they have to be read from there. */
    private @Nullable Openings known;

    private Intake(KafkaAccess access, String instance, Calendar usual, IntakeCounts counts, Clock clock) {
        RecordDeserializer deserializer = new RecordDeserializer(access.registry());
        this.clients = new IntakeClients(access, instance);
        this.consumer = clients.consumer();
        this.barriers = new JournalBarriers(access, deserializer);
        this.references = KnownReferences.follow(access, usual);
        this.reception = new Reception(deserializer, setAside);
        this.counts = counts;
        this.clock = clock;
        this.thread = new Thread(this::run, "settlement-intake");
        thread.setDaemon(true);
    }

    /**
     * Starts.
     *
     * @param instance a name that no other instance has and that this one keeps over restarts
     * @param usual the calendar of carriers without a contract
     */
    public static Intake start(KafkaAccess access, String instance, Calendar usual, Clock clock) {
        return start(access, instance, usual, Meters.unread(), clock);
    }

    /** The same; what it counts is shown by these meters. */
    @SuppressWarnings("FutureReturnValueIgnored") // unfed() throws nothing
    public static Intake start(KafkaAccess access, String instance, Calendar usual, Meters meters, Clock clock) {
        Intake intake = new Intake(access, instance, usual, new IntakeCounts(meters), clock);
        intake.thread.start();
        intake.references.ended().whenComplete((nothing, failure) -> intake.unfed(failure));
        return intake;
    }

    /** Done when reference data is known and all its calendars have begun. */
    public CompletableFuture<Void> serving() {
        return CompletableFuture.allOf(serving, references.caughtUp());
    }

    /** Done when it was closed; completed exceptionally when it died. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** What Kafka's consumer of reports and commands counts. */
    public Map<MetricName, ? extends Metric> metrics() {
        return consumer.metrics();
    }

    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        references.close();
    }

    /** What reports are stamped with would grow old: intake ends at once, and whoever waits hears why. */
    private void unfed(@Nullable Throwable failure) {
        if (failure != null) {
            IllegalStateException end = new IllegalStateException("reference data is no longer followed", failure);
            serving.completeExceptionally(end);
            ended.completeExceptionally(end);
            closing.countDown();
            consumer.wakeup();
        }
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(IntakeClients.SOURCES, new Assignment());
            while (closing.getCount() > 0) {
                turn();
            }
            ended.complete(null);
        } catch (RuntimeException | Error e) { // Whoever waits for it must hear of it, whatever it was.
            LOG.error("intake stopped", e);
            serving.completeExceptionally(e);
            ended.completeExceptionally(e);
        } finally {
            dropProducer();
        }
    }

    private void turn() {
        try {
            Producer<String, SpecificRecord> open = producer();
            InForce inForce = references.inForce();
            if (known == null || !known.missing(inForce.calendars()).isEmpty()) {
                known = null;
                learn(open, inForce);
            } else {
                takeIn(open, known, inForce);
            }
        } catch (WakeupException e) {
            LOG.debug("intake closes");
        } catch (KafkaException e) {
            if (Failures.isFinal(e) || (Failures.isTooLarge(e) && !setAside.cutHarder())) {
                throw e;
            }
            LOG.warn("intake begins again from the last committed offsets: {}", e.toString());
            dropProducer();
            known = null;
            pause();
        }
    }

    /** A new producer ends what its predecessor left open, and reading goes back to what was committed. */
    private Producer<String, SpecificRecord> producer() {
        Producer<String, SpecificRecord> open = producer;
        if (open == null) {
            open = clients.producer();
            producer = open;
            open.initTransactions();
            rewind();
        }
        return open;
    }

    private void rewind() {
        Set<TopicPartition> assigned = consumer.assignment();
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(assigned);
        for (TopicPartition partition : assigned) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, offset.offset());
            }
        }
    }

    /** Nothing is taken in before reference data is known, and all its calendars have begun in the journal. */
    private void learn(Producer<String, SpecificRecord> open, InForce inForce) {
        consumer.pause(consumer.assignment());
        if (!consumer.poll(POLL).isEmpty()) {
            throw new IllegalStateException("records came from paused partitions");
        }
        if (!references.caughtUp().isDone() || consumer.assignment().isEmpty()) {
            return;
        }
        Openings found = barriers.openings();
        SortedSet<Calendar> missing = found.missing(inForce.calendars());
        if (missing.isEmpty()) {
            known = found;
            consumer.resume(consumer.paused());
            serving.complete(null);
        } else if (consumer.assignment().contains(COMMANDS)) {
            begin(open, missing, found, inForce);
        } else {
            pause(); // Whoever has the commands opens them.
        }
    }

    private void begin(
            Producer<String, SpecificRecord> open, SortedSet<Calendar> calendars, Openings found, InForce inForce) {
        List<PeriodBarrier> opening = desk(open).begin(calendars, inForce, now());
        Batch batch = Batch.begin(open);
        batch.barriers(opening, found.with(opening));
        // The offset proves to the group's coordinator that the commands are still this instance's.
        long position = consumer.position(COMMANDS);
        batch.commit(Map.of(COMMANDS, new OffsetAndMetadata(position)), consumer.groupMetadata());
        LOG.info("calendars begin in the journal: {}", calendars);
    }

    private void takeIn(Producer<String, SpecificRecord> open, Openings openings, InForce inForce) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        Batch batch = Batch.begin(open);
        counts.begin();
        Instant now = now();
        Openings latest = openings;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            counts.read(record.topic());
            switch (reception.receive(record, new Moment(inForce, latest, now))) {
                case Received.Report report -> batch.accept(report.cdr());
                case Received.Close close ->
                    latest = obey(batch, desk(open).obey(close.command(), latest, inForce, now), latest);
                case Received.ForTheJournal passed -> batch.pass(passed);
                case Received.Malformed refused -> refuse(batch, refused.answer());
                case Received.Rejected unfit -> reject(batch, unfit.record());
            }
        }
        batch.commit(new HashMap<>(records.nextOffsets()), consumer.groupMetadata());
        counts.committed();
        if (known != null) {
            known = latest;
        }
    }

    private static Openings obey(Batch batch, PeriodDesk.Obeyed obeyed, Openings before) {
        Openings after = before.with(obeyed.barriers());
        LOG.info(
                "command {}: {}",
                obeyed.answer().getCommandId(),
                obeyed.answer().getDetail());
        batch.barriers(obeyed.barriers(), after);
        batch.outcome(obeyed.answer());
        return after;
    }

    private static PeriodDesk desk(Producer<String, SpecificRecord> open) {
        return new PeriodDesk(
                open.partitionsFor(Topic.SETTLEMENT_JOURNAL.topic()).size(), Intake::salt);
    }

    private static ByteBuffer salt() {
        byte[] salt = new byte[PeriodDesk.SALT_BYTES];
        RANDOM.nextBytes(salt);
        return ByteBuffer.wrap(salt);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void refuse(Batch batch, CommandOutcome answer) {
        LOG.warn("command {}: {}", answer.getCommandId(), answer.getDetail());
        batch.outcome(answer);
    }

    private void reject(Batch batch, RejectedRecord rejected) {
        LOG.warn(
                "{}-{} offset {} rejected: {} {}",
                rejected.getSourceTopic(),
                rejected.getSourcePartition(),
                rejected.getSourceOffset(),
                rejected.getReason(),
                rejected.getField());
        batch.reject(rejected);
        counts.rejected(rejected.getReason());
    }

    private void dropProducer() {
        Producer<String, SpecificRecord> open = producer;
        producer = null;
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }

    private void pause() {
        try {
            if (closing.await(BACK_OFF_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("intake closes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    /** Whoever gets the commands reads how the journal stands before anything else. */
    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            LOG.debug("revoked {}", partitions);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (partitions.contains(COMMANDS)) {
                known = null;
            }
            if (Objects.isNull(known)) {
                consumer.pause(consumer.assignment());
            }
        }
    }
}
