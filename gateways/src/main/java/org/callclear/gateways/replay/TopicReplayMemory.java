package org.callclear.gateways.replay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.TimestampType;
import org.callclear.gateways.reports.ForeignText;
import org.callclear.gateways.reports.Outbox;
import org.callclear.schemas.avro.TokenMemoryMark;
import org.callclear.schemas.avro.UsedToken;
import org.callclear.schemas.call.TransactionId;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.tokens.Claims;
import org.callclear.tokens.ReplayMemory;
import org.callclear.tokens.TokenVerifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replay memory that all instances of a gateway share: a topic that only they write and read. A use is claimed there,
 * and is the first one when the claim is read back with no other to the same token before it, see {@link ClaimFold}.
 * That holds for instances that were killed or lost their partitions, too, for the topic's order decides and nothing
 * else. A claim outlives the process, and the machine as far as the topic is replicated.
 *
 * <p>Many uses are under way at once; each takes a write and a read of the topic. A claim that is not decided in time,
 * and every one once the topic is not the log it was, is {@link Use#UNCONFIRMED}.
 */
public final class TopicReplayMemory implements ReplayMemory {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReplayMemory.class);
    private static final Duration MARK_EVERY = Duration.ofSeconds(30);

    /**
     * No verifier accepts a token that was claimed longer ago: the longest life, and clocks that are apart. Five minutes
     * more than that, so that the gateway's clock may be a little ahead of all others.
     */
    static final Duration LOOK_BACK =
            Claims.LONGEST_LIFE.plus(TokenVerifier.SKEW.multipliedBy(2)).plusMinutes(5);

    private final Settings settings;
    private final Clock clock;
    private final Outbox outbox;
    private final ClaimTopic topic;
    private final TopicIdentity identity;
    private final ClaimFold fold;
    private final Map<Long, CompletableFuture<Use>> waiting = new HashMap<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicLong recordsRead = new AtomicLong();
    private long nextMark = System.nanoTime();
    private boolean broken;

    /**
     * How the memory is set up.
     *
     * @param topic the gateway's topic of used tokens
     * @param instance name of the gateway instance
     * @param process a random number that no other process has
     * @param confirmWithin how long a claim may take to be decided
     * @param most tokens remembered at most
     */
    public record Settings(String topic, String instance, long process, Duration confirmWithin, int most) {}

    private TopicReplayMemory(Settings settings, ClaimClients clients, Uuid topicId, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.outbox = clients.outbox();
        this.fold = new ClaimFold(settings.process(), Topic.USED_TOKENS.upkeep().retention(), settings.most());
        this.identity = new TopicIdentity(clients.ids(), settings.topic(), topicId, why -> stop(why, null));
        this.topic = new ClaimTopic(
                clients.consumer(),
                settings.topic(),
                clock.instant().minus(LOOK_BACK),
                clients.deserializer(),
                new Folding());
    }

    /**
     * Asks which topic it is, and begins to read it.
     *
     * @param clients its own; closed when it cannot start, too
     * @throws IllegalStateException when the topic is not there or cannot be asked for
     */
    public static TopicReplayMemory start(Settings settings, ClaimClients clients, Clock clock) {
        try {
            Uuid topicId = TopicIdentity.ask(clients.ids(), settings.topic());
            TopicReplayMemory memory = new TopicReplayMemory(settings, clients, topicId, clock);
            memory.topic.start();
            return memory;
        } catch (RuntimeException e) {
            clients.consumer().close();
            clients.outbox().close();
            throw e;
        }
    }

    /**
     * Done when all that was in the topic at the start is remembered, as far as it can matter, and its own first record
     * came back.
     */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /** How many records were read; as long as it grows, {@link #ready} is worth waiting for. */
    public long recordsRead() {
        return recordsRead.get();
    }

    /** Done when nothing more will be confirmed: exceptionally, with {@link ClaimsLostException}, when it must stop. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** What Kafka's consumer of used tokens counts. */
    public Map<MetricName, ? extends Metric> metrics() {
        return topic.metrics();
    }

    @Override
    public long remembered() {
        synchronized (fold) {
            return fold.size();
        }
    }

    @Override
    public CompletableFuture<Use> use(TransactionId id, Instant issued, Instant expires) {
        CompletableFuture<Use> answer = new CompletableFuture<>();
        long number;
        synchronized (fold) {
            if (broken) {
                return CompletableFuture.completedFuture(Use.UNCONFIRMED);
            }
            switch (fold.wish(id, issued, expires)) {
                case ClaimFold.Wish.Answered known -> {
                    return CompletableFuture.completedFuture(known.use());
                }
                case ClaimFold.Wish.Claimed claimed -> number = claimed.number();
            }
            waiting.put(number, answer);
        }
        var unused = answer.whenComplete((use, failure) -> giveUp(id, number));
        claim(id, expires, number, answer);
        return answer.completeOnTimeout(
                Use.UNCONFIRMED, settings.confirmWithin().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void claim(TransactionId id, Instant expires, long number, CompletableFuture<Use> answer) {
        var unused = send(id.hex(), new UsedToken(id.hex(), expires, settings.instance(), settings.process(), number))
                .exceptionally(failure -> {
                    LOG.warn("token {}: its use cannot be claimed: {}", id, failure.toString());
                    answer.complete(Use.UNCONFIRMED);
                    return null;
                });
    }

    private void mark() {
        var unused = send(settings.instance(), new TokenMemoryMark(settings.instance(), settings.process()))
                .exceptionally(failure -> {
                    LOG.warn("topic {} cannot be written: {}", settings.topic(), failure.toString());
                    ready.completeExceptionally(failure);
                    return null;
                });
    }

    /** Always to the one partition that is read, whatever the topic may have been given since. */
    private CompletableFuture<Void> send(String key, SpecificRecord record) {
        return outbox.send(new ProducerRecord<>(settings.topic(), 0, key, record));
    }

    private void giveUp(TransactionId id, long number) {
        synchronized (fold) {
            waiting.remove(number);
            fold.giveUp(id, number);
        }
    }

    private void stop(String why, @Nullable Throwable cause) {
        Map<Long, CompletableFuture<Use>> undecided;
        synchronized (fold) {
            broken = true;
            undecided = Map.copyOf(waiting);
        }
        ClaimsLostException failure = new ClaimsLostException(why, cause);
        if (ended.completeExceptionally(failure)) {
            LOG.error("{}", failure.getMessage(), cause);
        }
        ready.completeExceptionally(failure);
        undecided.values().forEach(answer -> answer.complete(Use.UNCONFIRMED));
    }

    private boolean hasStopped() {
        synchronized (fold) {
            return broken;
        }
    }

    /** Confirms nothing more. What was claimed stays claimed. */
    @Override
    public void close() {
        topic.close();
        outbox.close();
        synchronized (fold) {
            broken = true;
        }
        ended.complete(null);
    }

    /** Brings what is read to the fold. */
    private final class Folding implements ClaimTopic.Reader {
        @Override
        public void beginsInTheMiddle() {
            synchronized (fold) {
                fold.beginInTheMiddle();
            }
        }

        @Override
        public void take(ConsumerRecord<String, byte[]> record, Reading reading) {
            if (record.timestampType() != TimestampType.LOG_APPEND_TIME) {
                throw new IllegalStateException("its message.timestamp.type is not LogAppendTime; run `topics apply`");
            }
            Instant stamped = Instant.ofEpochMilli(record.timestamp());
            switch (reading) {
                case Reading.Read read -> read(record, read.value(), stamped);
                case Reading.Unreadable unreadable -> unreadable(record, unreadable.why(), stamped);
            }
            recordsRead.incrementAndGet();
        }

        private void read(ConsumerRecord<String, byte[]> record, SpecificRecord value, Instant stamped) {
            if (value instanceof UsedToken token && TransactionId.isValid(token.getTransactionId())) {
                claimed(token, stamped);
            } else if (value instanceof TokenMemoryMark mark) {
                marked(mark, stamped);
            } else {
                unreadable(record, "a " + value.getSchema().getName(), stamped);
            }
        }

        private void claimed(UsedToken token, Instant stamped) {
            var claim = new ClaimFold.Claim(
                    new TransactionId(token.getTransactionId()),
                    token.getExpiresAt(),
                    token.getProcess(),
                    token.getClaim());
            CompletableFuture<Use> answer = null;
            Use use = Use.UNCONFIRMED;
            synchronized (fold) {
                if (broken) {
                    return;
                }
                var decided = fold.read(claim, stamped, clock.instant());
                if (decided.isPresent()) {
                    answer = waiting.remove(decided.get().number());
                    use = decided.get().use();
                }
            }
            if (answer != null) {
                answer.complete(use);
            }
        }

        private void marked(TokenMemoryMark mark, Instant stamped) {
            synchronized (fold) {
                fold.reached(stamped, clock.instant());
            }
            if (mark.getProcess() == settings.process()) {
                ready.complete(null);
            }
        }

        private void unreadable(ConsumerRecord<String, byte[]> record, String what, Instant stamped) {
            LOG.error(
                    "{}-{}@{} is no claim ({}): tokens issued before it are refused",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    ForeignText.reason(what));
            synchronized (fold) {
                fold.unreadable(stamped, clock.instant());
            }
        }

        /** Asks nothing and writes nothing once it has stopped: the topic of that name may be another. */
        @Override
        public void turn() {
            if (hasStopped()) {
                return;
            }
            identity.look();
            if (hasStopped()) {
                return;
            }
            if (System.nanoTime() - nextMark >= 0) {
                nextMark = System.nanoTime() + MARK_EVERY.toNanos();
                mark();
            }
        }

        @Override
        public void stopped(String why, Throwable cause) {
            stop(why, cause);
        }
    }
}
