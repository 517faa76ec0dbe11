package org.callclear.clearinghouse;

import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.callclear.clearinghouse.answering.AnsweringService;
import org.callclear.clearinghouse.answering.Tally;
import org.callclear.clearinghouse.decision.Decider;
import org.callclear.clearinghouse.grant.GrantMaker;
import org.callclear.clearinghouse.grant.GrantTokens;
import org.callclear.clearinghouse.grant.Judge;
import org.callclear.clearinghouse.keys.KeyAlarm;
import org.callclear.clearinghouse.keys.KeyChoice;
import org.callclear.clearinghouse.keys.KeyWatch;
import org.callclear.clearinghouse.limit.LimitBook;
import org.callclear.clearinghouse.limit.StrikeLog;
import org.callclear.clearinghouse.reference.ReferenceBook;
import org.callclear.clearinghouse.reference.ReferenceFeed;
import org.callclear.clearinghouse.stage.Stage;
import org.callclear.clearinghouse.watching.CallWatch;
import org.callclear.metrics.Latencies;
import org.callclear.metrics.Meters;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.schemas.wire.RecordSerializer;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.tokens.TokenIssuer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running clearinghouse instance. */
public final class Clearinghouse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Clearinghouse.class);
    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    /** With more of the journal to read back it answers before limits know of all calls. */
    private static final Duration READ_BACK_WITHIN = Duration.ofSeconds(20);
    /** Calls that limits know of, some 230 bytes each. */
    private static final int MOST_CALLS = 500_000;

    private final ReferenceFeed feed;
    private final CallWatch watch;
    private final TopicTail tail;
    private final StrikeLog strikes;
    private final AnsweringService service;
    private final KeyWatch keys;
    private final KeyAlarm alarm;
    private final Tally tally;

    private Clearinghouse(
            ReferenceFeed feed,
            CallWatch watch,
            TopicTail tail,
            StrikeLog strikes,
            AnsweringService service,
            KeyWatch keys,
            KeyAlarm alarm,
            Tally tally) {
        this.feed = feed;
        this.watch = watch;
        this.tail = tail;
        this.strikes = strikes;
        this.service = service;
        this.keys = keys;
        this.alarm = alarm;
        this.tally = tally;
    }

    /**
     * Starts an instance and blocks until it has read the reference data and answers requests, a minute at most.
     *
     * @throws IllegalStateException with one clear message when it cannot serve
     */
    public static Clearinghouse start(ClearinghouseConfig config) {
        return start(config, Meters.unread());
    }

    /** The same; what it counts is shown by these meters. */
    public static Clearinghouse start(ClearinghouseConfig config, Meters meters) {
        return start(config, meters, Clock.systemUTC());
    }

    static Clearinghouse start(ClearinghouseConfig config, Meters meters, Clock clock) {
        AvroTrust.establish(); // before the first generated class is touched
        long until = System.nanoTime() + START_WITHIN.toNanos();
        KeyWatch keys = watch(config);
        ReferenceBook book = new ReferenceBook(config.gatewayAliveWithin());
        ReferenceFeed feed = new ReferenceFeed(book, clock);
        try {
            String keyId = keys.get()
                    .activeKeyId(clock.instant())
                    .orElseThrow(() ->
                            new IllegalStateException(config.tokenKeys() + ": holds no token key that is valid now"));
            requireTopics(config, until);
            await(
                    feed.follow(config.kafka(), "clearinghouse-" + config.instance() + "-reference"),
                    "reference data",
                    until);
            Latencies<Stage> stages = Shown.stages(meters);
            return serve(config, new Wiring(keys, keyId, book, feed, stages, new Tally(stages), clock), meters, until);
        } catch (KafkaException e) {
            closeAll(feed, keys);
            throw new IllegalStateException(e.getMessage(), e);
        } catch (RuntimeException e) {
            closeAll(feed, keys);
            throw e;
        }
    }

    private static void closeAll(ReferenceFeed feed, KeyWatch keys) {
        feed.close();
        keys.close();
    }

    private static KeyWatch watch(ClearinghouseConfig config) {
        try {
            return KeyWatch.start(config.tokenKeys());
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private record Wiring(
            KeyWatch keys,
            String keyId,
            ReferenceBook book,
            ReferenceFeed feed,
            Latencies<Stage> stages,
            Tally tally,
            Clock clock) {}

    private static Clearinghouse serve(ClearinghouseConfig config, Wiring wiring, Meters meters, long until) {
        LimitBook limits = new LimitBook(config.callOverWithin(), MOST_CALLS);
        StrikeLog strikes = new StrikeLog();
        CallWatch watch = new CallWatch(limits, () -> wiring.book().snapshot().limits(), wiring.clock());
        TopicTail tail = TopicTail.start(
                config.kafka(),
                "clearinghouse-" + config.instance() + "-limits",
                List.of(Topic.SETTLEMENT_JOURNAL.topic()),
                // What settlement's transactions hold open must not keep the grants of other instances back.
                TopicTail.From.since(wiring.clock().instant().minus(limits.reach()))
                        .withUncommitted()
                        .inBatches(),
                watch);
        try {
            Judge.Limiting limiting = new Judge.Limiting(limits, strikes);
            AnsweringService service = answer(
                    config,
                    wiring,
                    limiting,
                    () -> {
                        awaitReadBack(tail);
                        limits.settle(wiring.clock().instant());
                    },
                    until);
            KeyAlarm alarm = KeyAlarm.start(wiring.keys(), wiring.book()::snapshot, wiring.clock());
            Shown.counts(meters, wiring.tally(), limits, strikes);
            Shown.unusable(meters, watch, wiring.feed());
            Shown.memory(meters, service);
            Shown.lag(meters, service, tail, wiring.feed());
            return new Clearinghouse(
                    wiring.feed(), watch, tail, strikes, service, wiring.keys(), alarm, wiring.tally());
        } catch (RuntimeException e) {
            tail.close();
            throw e;
        }
    }

    /** Calls that other instances granted, or this one before it was restarted, count too. */
    private static void awaitReadBack(TopicTail tail) {
        try {
            tail.caughtUp().get(READ_BACK_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "the journal is not read back after {} s: limits do not know of all calls yet",
                    READ_BACK_WITHIN.toSeconds());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the settlement journal: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading the journal back", e);
        }
    }

    private static AnsweringService answer(
            ClearinghouseConfig config, Wiring wiring, Judge.Limiting limiting, Runnable beforeAnswers, long until) {
        SecureRandom random = new SecureRandom();
        KeyChoice choice = new KeyChoice(
                wiring.keys(), wiring.book()::snapshot, config.gatewayAliveWithin(), config.tokenLifetime());
        GrantTokens tokens = new GrantTokens(new TokenIssuer(wiring.keys()), config.issuer(), choice::maySign);
        RecordSerializer serializer = new RecordSerializer(config.kafka().registry());
        int rehearsed = new WarmUp(config, wiring.keys().get(), serializer, random)
                .run(wiring.keyId(), wiring.clock().instant());
        LOG.info("rehearsed {} calls", rehearsed);
        beforeAnswers.run();
        if (!choice.maySign(wiring.keyId())) {
            LOG.error(
                    "token key {} is revoked or not on token-keys: calls are denied unless there is another;"
                            + " see `keys list`, `keys publish` and `keys rotate`",
                    wiring.keyId());
        }
        Judge judge = new Judge(
                new Decider(config.requestMaxAge(), config.gatewayAliveWithin(), config.callOverWithin()),
                wiring.book()::snapshot,
                choice,
                new GrantMaker(random, config.tokenLifetime(), config.maxCallDuration()),
                tokens,
                limiting,
                wiring.stages());
        AnsweringService service = AnsweringService.start(
                new AnsweringService.Settings(
                        config.kafka(), config.instance(), config.tokenLifetime(), config.requestMaxAge()),
                judge,
                tokens,
                serializer,
                wiring.tally(),
                wiring.clock());
        try {
            await(service.ready(), "the group of clearinghouses", until);
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    /** Waits for the topics, which may be made at this very moment, and names those that do not come. */
    private static void requireTopics(ClearinghouseConfig config, long until) {
        Set<String> required = new TreeSet<>(ReferenceFeed.REQUIRED);
        required.add(Topic.SETTLEMENT_JOURNAL.topic());
        required.add(Topic.AUTHORIZATION_REJECTED.topic());
        var settings = config.kafka().clientSettings();
        settings.put("default.api.timeout.ms", 10_000);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            while (true) {
                required.removeAll(consumer.listTopics().keySet());
                if (required.isEmpty()) {
                    return;
                }
                if (System.nanoTime() - until > 0) {
                    throw new IllegalStateException("topics " + required
                            + " are not there or may not be used by the clearinghouse: run `topics apply`");
                }
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while looking for topics", e);
        } catch (KafkaException e) {
            throw new IllegalStateException(
                    "Kafka at " + config.kafka().bootstrapServers() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static void await(CompletableFuture<Void> done, String what, long until) {
        try {
            done.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(what + ": not there within " + START_WITHIN.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what + ": interrupted", e);
        }
    }

    /** What became of requests since the start. */
    public Tally.Counts counts() {
        return tally.counts();
    }

    /** How often each limit was struck since the start: {@code carrier/prefix carrier REASON}. */
    public Map<String, Long> limitStrikes() {
        return strikes.counts();
    }

    /** Records of the journal that could not be counted towards limits since the start. */
    public long unusableJournalRecords() {
        return watch.unusable();
    }

    /**
     * Done when the instance has stopped serving: normally after {@link #close()}, exceptionally when it had to give up,
     * such as when another instance of the same name has started.
     */
    public CompletableFuture<Void> ended() {
        return CompletableFuture.anyOf(service.ended(), feed.ended(), tail.ended())
                .thenApply(first -> null);
    }

    @Override
    public void close() {
        service.close();
        tail.close();
        alarm.close();
        closeAll(feed, keys);
    }
}
