package org.callclear.settlement.seal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.errors.WakeupException;
import org.callclear.metrics.Meters;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.settlement.seal.Shift.Placed;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes drafts and produces statements, exactly once: some drafts, their statements and the offset after them are one
 * transaction. Of several instances one seals and the others stand by. After a failure it begins again from the last
 * committed offset; it stops, and leaves no draft out, when one cannot be sealed or it is not allowed to.
 */
public final class Sealer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);
    private static final Set<Class<? extends Throwable>> FINAL = Set.of(
            AuthorizationException.class,
            AuthenticationException.class,
            UnsupportedVersionException.class,
            RecordTooLargeException.class);
    private static final int LEAVES_IN_MEMORY = 250_000;
    private static final int MOST_BYTES = 32 << 20;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TOGETHER = Duration.ofMillis(250);
    private static final long MOMENT_NANOS = 1_000_000_000L;
    private static final long BACK_OFF_MILLIS = 500;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final SealerClients clients;
    private final RecordDeserializer deserializer;
    private final Shift.Place place;
    private final StatementSigner signer;
    private final SealCounts counts;
    private final Consumer<byte[], byte[]> consumer;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final List<Placed> drafts = new ArrayList<>();

    private @Nullable Shift shift;
    private boolean saidWhy;
    private long saidAliveAt = System.nanoTime();

    private Sealer(KafkaAccess access, Shift.Place place, StatementSigner signer, SealCounts counts) {
        this.clients = new SealerClients(access);
        this.deserializer = clients.deserializer();
        this.place = place;
        this.signer = signer;
        this.counts = counts;
        this.consumer = clients.drafts();
        this.thread = new Thread(this::run, "settlement-seal");
        thread.setDaemon(true);
    }

    /**
     * Starts.
     *
     * @param directory for what is sorted on disk; of this instance alone, and made when it is not there
     * @param signer closed with this
     * @throws IllegalStateException when the directory cannot be used
     */
    public static Sealer start(KafkaAccess access, Path directory, StatementSigner signer) {
        return start(access, directory, signer, Meters.unread());
    }

    /** The same; what it counts is shown by these meters. */
    public static Sealer start(KafkaAccess access, Path directory, StatementSigner signer, Meters meters) {
        return start(access, directory, signer, LEAVES_IN_MEMORY, meters);
    }

    /** The same, with fewer leaves in memory. */
    static Sealer start(KafkaAccess access, Path directory, StatementSigner signer, int leavesInMemory, Meters meters) {
        clear(directory);
        Sealer sealer = new Sealer(access, new Shift.Place(directory, leavesInMemory), signer, new SealCounts(meters));
        sealer.thread.start();
        return sealer;
    }

    /** What a process left there that was killed is nobody's. */
    private static void clear(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "leaves-*")) {
                for (Path file : left) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(directory + ": cannot be used: " + e.getMessage(), e);
        }
    }

    /** Done when it was closed; completed exceptionally when it died. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** What Kafka's consumer of drafts counts. */
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
    }

    private void run() {
        try (consumer) {
            consumer.subscribe(List.of(Topic.STATEMENT_DRAFTS.topic()), new Assignment());
            while (closing.getCount() > 0) {
                turn();
            }
            ended.complete(null);
        } catch (RuntimeException | Error e) { // Whoever waits for it must hear of it, whatever it was.
            LOG.error("statements are not sealed any more: {}", e.getMessage(), e);
            ended.completeExceptionally(e);
        } finally {
            endShift();
            signer.close();
        }
    }

    private void turn() {
        try {
            Shift now = shift;
            if (now == null) {
                standBy();
            } else if (drafts.isEmpty()) {
                gather();
            } else if (canSign()) {
                seal(now);
            } else {
                waitAlive();
            }
        } catch (WakeupException e) {
            LOG.debug("sealing ends");
        } catch (KafkaException e) {
            if (isFinal(e)) {
                throw e;
            }
            LOG.warn("sealing begins again from the last committed draft: {}", e.toString());
            endShift();
            pause();
        }
    }

    private void seal(Shift now) {
        long begun = System.nanoTime();
        OptionalInt published = now.seal(List.copyOf(drafts), signer, consumer.groupMetadata(), this::stayAlive);
        if (published.isPresent()) {
            drafts.clear();
            counts.sealed(published.getAsInt(), begun);
        } else {
            endShift();
        }
    }

    /** A producer that was fenced is of an instance that another took the drafts from: it stands by. */
    private static boolean isFinal(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> !(cause instanceof ProducerFencedException)
                        && FINAL.stream().anyMatch(type -> type.isInstance(cause)));
    }

    private void standBy() {
        waitAlive();
        if (consumer.assignment().contains(Shift.DRAFTS)) {
            shift = Shift.begin(clients, deserializer, place, consumer, this::waitABit);
            LOG.info("statements are sealed here");
        }
    }

    /** Drafts of one period come together, and one reading of the books does for all of them. */
    private void gather() {
        consumer.resume(consumer.paused());
        long bytes = 0;
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        while (!records.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                drafts.add(new Placed(draft(record), record.offset(), record.timestamp()));
                bytes += record.serializedValueSize();
            }
            records = bytes < MOST_BYTES ? consumer.poll(TOGETHER) : ConsumerRecords.empty();
        }
    }

    private StatementDraft draft(ConsumerRecord<byte[], byte[]> record) {
        String at = record.topic() + " offset " + record.offset() + ": ";
        return switch (deserializer.read(record.value())) {
            case Reading.Unreadable unreadable -> throw new SealException(at + unreadable.why());
            case Reading.Read read -> {
                if (read.value() instanceof StatementDraft draft) {
                    yield draft;
                }
                throw new SealException(at + "a " + read.value().getSchema().getName() + ", not a draft");
            }
        };
    }

    private boolean canSign() {
        Optional<String> hindrance = signer.hindrance();
        if (hindrance.isPresent() && !saidWhy) {
            LOG.error("{} statements wait, for nothing can sign them: {}", drafts.size(), hindrance.get());
        } else if (hindrance.isEmpty() && saidWhy) {
            LOG.info("statements are signed again");
        }
        saidWhy = hindrance.isPresent();
        counts.hindered(saidWhy);
        return hindrance.isEmpty();
    }

    /** In the middle of long work: the group must not take this instance for dead, and work that is another's must end. */
    private void stayAlive() {
        waitABit();
        if (shift == null) {
            throw new KafkaException("the drafts went to another instance meanwhile");
        }
    }

    private void waitABit() {
        if (System.nanoTime() - saidAliveAt > MOMENT_NANOS) {
            poll(Duration.ZERO);
        }
    }

    private void waitAlive() {
        poll(POLL);
    }

    private void poll(Duration within) {
        saidAliveAt = System.nanoTime();
        consumer.pause(consumer.assignment());
        if (!consumer.poll(within).isEmpty()) {
            throw new IllegalStateException("drafts came though they were paused");
        }
    }

    private void endShift() {
        Shift now = shift;
        shift = null;
        drafts.clear();
        if (now != null) {
            now.close();
        }
    }

    private void pause() {
        try {
            if (closing.await(BACK_OFF_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("sealing ends");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing.countDown();
        }
    }

    /** Whoever gets the drafts begins anew, and whoever lost them publishes nothing more. */
    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                endShift();
            }
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                endShift();
                consumer.pause(consumer.assignment());
            }
        }
    }
}
