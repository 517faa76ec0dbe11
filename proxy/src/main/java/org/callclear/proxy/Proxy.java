package org.callclear.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.callclear.metrics.Meters;
import org.callclear.proxy.call.CallPolicy;
import org.callclear.proxy.journal.CallJournal;
import org.callclear.proxy.kafka.AnswerTail;
import org.callclear.proxy.kafka.KafkaExchange;
import org.callclear.proxy.kafka.SetupIds;
import org.callclear.proxy.subscribers.Subscribers;
import org.callclear.proxy.subscribers.UsersFile;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordProducer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A proxy of an originating carrier, running. Calls come in over SIP, are authorized and set up over Kafka, and every
 * attempt is reported.
 */
public final class Proxy implements AutoCloseable {
    /** The most calls under way at once; a caller beyond them hears 503 with Retry-After. */
    public static final int MOST_CALLS = 5_000;

    /** How often the journal notes that the proxy is alive and is forced to disk. */
    static final Duration PULSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Proxy.class);
    private static final Duration KAFKA_WITHIN = Duration.ofSeconds(30);
    private static final Duration DRAIN_WITHIN = Duration.ofSeconds(5);
    private static final int WORKERS = 4;

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CallCounters counters;
    private final Switchboard switchboard;
    private final Reports reports;
    private final InetSocketAddress address;
    private final @Nullable InetSocketAddress tlsAddress;
    private final CompletableFuture<Void> ended;

    private Proxy(ProxyConfig config, SipEdge edge, Meters meters) throws IOException {
        this.counters = new CallCounters(meters);
        Clock clock = Clock.systemUTC();
        try {
            Subscribers subscribers = subscribers(config);
            CallJournal journal = CallJournal.open(config.data());
            opened.push(journal::close);
            Producer<String, SpecificRecord> producer =
                    RecordProducer.open(config.kafka(), "proxy-" + config.carrier() + "-" + config.instance());
            SetupIds setupIds = SetupIds.fresh();
            KafkaExchange exchange = new KafkaExchange(
                    producer, config.carrier(), config.instance(), config.maxGateways(), setupIds, clock);
            opened.push(exchange::close);
            reachable(producer, config);
            ScheduledTimers timers = new ScheduledTimers("proxy-" + config.instance() + "-timers");
            opened.push(timers::close);
            Workers workers = new Workers("proxy-" + config.instance() + "-calls", WORKERS);
            opened.push(workers::close);
            this.reports = new Reports(journal, exchange, counters);
            this.switchboard = new Switchboard(
                    new Switchboard.Tools(
                            subscribers,
                            exchange,
                            journal,
                            workers,
                            timers,
                            clock,
                            new SecureRandom(),
                            policy(config),
                            MOST_CALLS),
                    reports,
                    counters);
            AnswerTail tail =
                    AnswerTail.start(config.kafka(), config.carrier(), config.instance(), setupIds, switchboard::heard);
            opened.push(tail::close);
            await(tail, config);
            this.ended = tail.ended();
            Shown.openCalls(meters, switchboard);
            Shown.reports(meters, reports::unsent);
            Shown.lag(meters, tail::metrics);
            new Recovery(journal, exchange, reports).run(clock.instant());
            keepUp(timers, journal, clock);
            SipEdge.Bound bound =
                    edge.open(config.listen(), config.sipTls(), config.realm(), subscribers::password, switchboard);
            opened.push(bound.stop());
            Shown.sip(meters, bound.counters());
            this.address = bound.address();
            this.tlsAddress = bound.tlsAddress();
        } catch (IOException | RuntimeException e) {
            closeWhatIsOpen();
            throw e;
        }
        LOG.info("proxy {} of {}: SIP on {}", config.instance(), config.carrier(), address);
    }

    /**
     * Starts a proxy; returns when its answers are followed and its sockets are bound.
     *
     * @throws IllegalStateException with one sentence that names the file, topic or address at fault
     */
    public static Proxy start(ProxyConfig config) {
        return start(config, Meters.unread());
    }

    /** The same; what it counts is shown by these meters. */
    public static Proxy start(ProxyConfig config, Meters meters) {
        return start(config, SipEdge::ofUserAgent, meters);
    }

    /** The same with another SIP edge. */
    static Proxy start(ProxyConfig config, SipEdge edge, Meters meters) {
        try {
            return new Proxy(config, edge, meters);
        } catch (IOException | RuntimeException e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            throw new IllegalStateException("proxy " + config.instance() + " cannot start: " + why, e);
        }
    }

    /** Where callers reach it. */
    public InetSocketAddress sipAddress() {
        return address;
    }

    /** Where callers reach it by TLS; null when they do not. */
    public @Nullable InetSocketAddress sipTlsAddress() {
        return tlsAddress;
    }

    /** Done when the proxy has ended: exceptionally when it could no longer hear answers; then it still is to be closed. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** Counts since the start. */
    public CallCounters.Snapshot counters() {
        return counters.snapshot(switchboard.open());
    }

    /** Hangs up what is up, reports it, and closes the sockets; takes up to some seconds when Kafka is away. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        switchboard.drain();
        if (!within(DRAIN_WITHIN, () -> {
            switchboard.drain();
            return switchboard.open() == 0 && reports.isQuiet();
        })) {
            LOG.warn(
                    "{} calls could not be ended in time; the journal keeps what is to be reported",
                    switchboard.open());
        }
        closeWhatIsOpen();
    }

    private void closeWhatIsOpen() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().run();
            } catch (RuntimeException e) { // The others must be closed all the same.
                LOG.warn("closing: {}", e.toString());
            }
        }
    }

    private void keepUp(ScheduledTimers timers, CallJournal journal, Clock clock) {
        timers.every(PULSE, () -> {
            journal.alive(clock.instant());
            journal.sync();
            switchboard.forget();
        });
        timers.every(Reports.retryEvery(), reports::retry);
    }

    private static Subscribers subscribers(ProxyConfig config) throws IOException {
        return switch (UsersFile.read(config.usersFile())) {
            case UsersFile.Reading.Read read -> read.subscribers();
            case UsersFile.Reading.Unusable unusable -> throw new IOException("users file: " + unusable);
        };
    }

    private static CallPolicy policy(ProxyConfig config) {
        return new CallPolicy(
                config.maxGateways(), config.authorizationTimeout(), config.setupTimeout(), config.ringingTimeout());
    }

    /** Says at the start what would else be a warning at every call. */
    private static void reachable(Producer<String, SpecificRecord> producer, ProxyConfig config) throws IOException {
        for (Topic topic : List.of(Topic.AUTHORIZATION_REQUESTS, Topic.CDRS)) {
            String name = topic.of(config.carrier());
            try {
                producer.partitionsFor(name);
            } catch (KafkaException e) {
                throw new IOException(
                        "topic " + name + " on " + config.kafka().bootstrapServers()
                                + " cannot be used (does the cluster answer, is the topic there, may this party write it?): "
                                + e.getMessage(),
                        e);
            }
        }
    }

    private static void await(AnswerTail tail, ProxyConfig config) throws IOException {
        String what = "the answers for " + config.carrier() + " on "
                + config.kafka().bootstrapServers() + " cannot be followed: ";
        try {
            tail.caughtUp().get(KAFKA_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(what + "not within " + KAFKA_WITHIN.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(what + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(what + "interrupted", e);
        }
    }

    private static boolean within(Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return true;
    }
}
