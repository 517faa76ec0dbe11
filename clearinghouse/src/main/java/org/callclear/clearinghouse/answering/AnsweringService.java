package org.callclear.clearinghouse.answering;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.callclear.clearinghouse.admission.Admissions;
import org.callclear.clearinghouse.grant.GrantBook;
import org.callclear.clearinghouse.grant.GrantTokens;
import org.callclear.clearinghouse.grant.Judge;
import org.callclear.clearinghouse.grant.Remembered;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.schemas.wire.RecordSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests from Kafka.
 *
 * <p>The group uses the classic protocol, where the member chooses its session time-out and a restarted static member
 * gets its partitions back at once; with the newer one the broker sets the time-out (45 s unless changed) and refuses
 * the name of a member that died until it is over. The range assignor gives partition <i>n</i> of all carriers' topics
 * to one member, so that one memory sees every use of a call id.
 */
public final class AnsweringService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AnsweringService.class);
    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration BACK_OFF = Duration.ofMillis(250);
    private static final Duration LEAST_MARGIN = Duration.ofSeconds(60);
    private static final int MOST_REMEMBERED = 200_000;
    private static final int MOST_IN_FLIGHT = 1_000;

    private final Settings settings;
    private final ExecutorService answering = single("clearinghouse-answers");
    private final ExecutorService restoring = single("clearinghouse-restore");
    private final KafkaOutbox outbox;
    private final JournalReader journal;
    private final GrantBook book = new GrantBook(MOST_REMEMBERED);
    private final AnsweringLoop loop;
    private final Clock clock;
    private final Consumer<byte[], byte[]> requests;
    private volatile boolean closed;

    /**
     * How it answers.
     *
     * @param instance names this instance in its group
     * @param tokenLifetime how long tokens hold
     * @param requestMaxAge an older question is not worth an answer
     */
    public record Settings(KafkaAccess kafka, String instance, Duration tokenLifetime, Duration requestMaxAge) {
        /** So long after the last token has expired a grant is remembered: a call id is not taken again after it. */
        Duration margin() {
            Duration late = requestMaxAge.plus(Admissions.SKEW);
            return late.compareTo(LEAST_MARGIN) > 0 ? late : LEAST_MARGIN;
        }
    }

    private AnsweringService(
            Settings settings, Judge judge, GrantTokens tokens, RecordSerializer serializer, Tally tally, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.outbox = new KafkaOutbox(RecordProducer.openForMany(settings.kafka(), name("out"), serializer));
        RecordDeserializer deserializer =
                new RecordDeserializer(settings.kafka().registry());
        this.journal =
                new JournalReader(() -> consumer(journalSettings()), deserializer, settings.margin(), MOST_REMEMBERED);
        Placement placement = new Placement(journalPartitions());
        AnswerDesk desk = new AnswerDesk(
                new AnswerDesk.Equipment(
                        new RequestReader(deserializer, placement), judge, tokens, book, outbox, answering),
                new AnswerDesk.Memory(settings.margin(), settings.margin()),
                tally,
                clock);
        this.requests = consumer(groupSettings());
        MembershipLease lease = new MembershipLease(LEASE, System.nanoTime());
        Holdings.Rules rules = new Holdings.Rules(placement, MOST_IN_FLIGHT, this::isWorthAnswering, tally);
        Holdings holdings = new Holdings(requests, desk, this::restore, rules, lease, System::nanoTime);
        this.loop = new AnsweringLoop(requests, holdings, desk);
    }

    /**
     * Begins to answer.
     *
     * @param serializer writes answers and grants; should have looked up their schemas
     * @param tally counts what becomes of requests
     */
    public static AnsweringService start(
            Settings settings, Judge judge, GrantTokens tokens, RecordSerializer serializer, Tally tally, Clock clock) {
        AnsweringService service = new AnsweringService(settings, judge, tokens, serializer, tally, clock);
        service.loop.start();
        return service;
    }

    /** Done when requests are being answered; failed when that cannot be. */
    public CompletableFuture<Void> ready() {
        return loop.ready();
    }

    /** Done when it has stopped: normally when it was closed, exceptionally when it had to give up. */
    public CompletableFuture<Void> ended() {
        return loop.ended();
    }

    /** What Kafka's consumer of requests counts. */
    public Map<MetricName, ? extends Metric> requestMetrics() {
        return requests.metrics();
    }

    /** How many decisions it forgot before their time, for want of room. A call that is asked for again while its question is young enough is then decided anew. */
    public long forgottenEarly() {
        return book.evicted();
    }

    /** Also makes the topics known that are always written to, so that no first call waits for it. */
    private int journalPartitions() {
        outbox.ready(Topic.AUTHORIZATION_REJECTED.topic()).join();
        outbox.ready(Topic.SETTLEMENT_JOURNAL.topic()).join();
        return outbox.partitions(Topic.SETTLEMENT_JOURNAL.topic());
    }

    private boolean isWorthAnswering(Instant writtenAt) {
        return !writtenAt.isBefore(clock.instant().minus(settings.requestMaxAge()));
    }

    private CompletableFuture<Collection<Remembered.Yes>> restore(Set<Integer> partitions) {
        return CompletableFuture.supplyAsync(() -> restoreNow(partitions), restoring);
    }

    private Collection<Remembered.Yes> restoreNow(Set<Integer> partitions) {
        Instant since = clock.instant().minus(settings.tokenLifetime()).minus(settings.margin());
        while (!closed) {
            try {
                Collection<Remembered.Yes> grants = journal.grants(partitions, since);
                LOG.info("read {} recent grants back from the journal's partitions {}", grants.size(), partitions);
                return grants;
            } catch (RetriableException e) {
                LOG.warn("the journal's partitions {} cannot be read back yet: {}", partitions, e.getMessage());
                pause();
            }
        }
        return List.of();
    }

    private static void pause() {
        try {
            Thread.sleep(BACK_OFF);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<String, Object> groupSettings() {
        Map<String, Object> settings = readSettings("in");
        settings.put("group.id", Catalogue.CLEARINGHOUSE_GROUP);
        settings.put("group.instance.id", this.settings.instance());
        settings.put("group.protocol", "classic");
        settings.put("partition.assignment.strategy", List.of(RangeAssignor.class));
        settings.put("session.timeout.ms", Math.toIntExact(SESSION.toMillis()));
        settings.put("heartbeat.interval.ms", 1_500);
        settings.put("max.poll.interval.ms", 30_000);
        settings.put("max.poll.records", 200);
        // A new carrier's topic is found so soon.
        settings.put("metadata.max.age.ms", 3_000);
        // What was asked before this group ever read is answered, or refused as too old.
        settings.put("auto.offset.reset", "earliest");
        return settings;
    }

    private Map<String, Object> journalSettings() {
        Map<String, Object> settings = readSettings("restore");
        settings.put("isolation.level", "read_uncommitted");
        settings.put("auto.offset.reset", "earliest");
        settings.put("max.poll.records", 5_000);
        return settings;
    }

    private Map<String, Object> readSettings(String purpose) {
        Map<String, Object> settings = this.settings.kafka().clientSettings();
        settings.put("client.id", name(purpose));
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        settings.put("receive.buffer.bytes", 1 << 20);
        settings.put("default.api.timeout.ms", 10_000);
        settings.put("request.timeout.ms", 5_000);
        return settings;
    }

    private String name(String purpose) {
        return "clearinghouse-" + settings.instance() + "-" + purpose;
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static ExecutorService single(String name) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    @Override
    public void close() {
        closed = true;
        journal.close();
        loop.close();
        answering.shutdown();
        restoring.shutdownNow();
        try {
            if (!answering.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("some answers were not sent before the end; they will be after the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outbox.close();
    }
}
