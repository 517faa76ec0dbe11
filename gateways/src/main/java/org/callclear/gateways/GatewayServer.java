package org.callclear.gateways;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.callclear.gateways.gate.Channels;
import org.callclear.gateways.gate.Gate;
import org.callclear.gateways.gate.TokenChecks;
import org.callclear.gateways.journal.JournalCorruptException;
import org.callclear.gateways.journal.OpenCallJournal;
import org.callclear.gateways.keys.KeyFeed;
import org.callclear.gateways.replay.TopicReplayMemory;
import org.callclear.gateways.reports.KafkaTopics;
import org.callclear.gateways.reports.Outbox;
import org.callclear.gateways.reports.Reports;
import org.callclear.gateways.requests.RequestDesk;
import org.callclear.gateways.requests.RequestLoop;
import org.callclear.gateways.status.Heartbeat;
import org.callclear.gateways.status.Refusals;
import org.callclear.gateways.switching.ScheduledTimers;
import org.callclear.gateways.switching.Switchboard;
import org.callclear.gateways.trunk.Trunk;
import org.callclear.metrics.Meters;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.sip.agent.SipSettings;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.tokens.FileReplayMemory;
import org.callclear.tokens.KeyRing;
import org.callclear.tokens.ReplayMemory;
import org.callclear.tokens.TokenVerifier;
import org.callclear.tokens.secrets.DirectoryLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running gateway: reads its set-up topic, lets in what a valid token opens, dials it over the SIP trunk, and reports.
 *
 * <p>Its {@code data} directory holds the journal of open calls and, where they are kept in files, the used tokens. A gateway that was killed reports,
 * at its next start, the calls that were up: with the last heartbeat before the end as the end of the call, so that a
 * report may be too short by up to one heartbeat interval and is never too long.
 */
public final class GatewayServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final Duration REPORTED_WITHIN = Duration.ofSeconds(10);
    private static final Duration DOWN_WITHIN = Duration.ofSeconds(3);
    private static final int WORKERS = 4;

    private final GatewayConfig config;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Refusals refusals = new Refusals();
    private final Channels channels;
    private final OpenCallJournal journal;
    private final SipUserAgent agent;
    private final Gate gate;
    private final Reports reports;
    private final Switchboard board;
    private final Heartbeat heartbeat;
    private final RequestLoop requests;

    private GatewayServer(GatewayConfig config, Meters meters) {
        this.config = config;
        try {
            Clock clock = Clock.systemUTC();
            Admin admin = open(Clients.admin(config));
            Clients.requireTopics(admin, config);
            open(dataDirectory(config));
            ReplayMemory usedTokens = open(usedTokens(admin, clock));
            this.journal = open(OpenCallJournal.open(config.data().resolve("open-calls.journal")));
            // Nobody calls through a gateway by SIP: that would pass the token gate by.
            this.agent = open(SipUserAgent.start(
                    SipSettings.of(config.listen(), "Callclear gateway", null).with(config.sipTls())));
            Outbox outbox =
                    open(new Outbox(RecordProducer.open(config.kafka(), Clients.clientId(config)), name("outbox")));
            this.reports = new Reports(outbox, new KafkaTopics(admin, clock), config.gateway(), config.carrier());
            KeyRing keys = new KeyRing();
            this.channels = new Channels(config.channels());
            this.heartbeat = open(heartbeat(keys, clock));
            TopicTail tail = open(TopicTail.start(
                    config.kafka(),
                    Clients.clientId(config) + "-keys",
                    List.of(Topic.TOKEN_KEYS.topic()),
                    TopicTail.From.BEGINNING,
                    new KeyFeed(keys, heartbeat::tokenKeysChanged)));
            this.gate = new Gate(
                    config.issuer(),
                    config.gateway(),
                    config.carrier(),
                    new TokenVerifier(keys, usedTokens),
                    channels,
                    new TokenChecks(meters));
            ExecutorService workers = workers();
            this.board = switchboard(workers, clock);
            Consumer<String, byte[]> setups = Clients.consumer(config);
            this.requests = open(requests(setups, workers, clock));
            Shown.calls(meters, board, channels, refusals);
            Shown.memory(meters, usedTokens);
            Shown.lag(meters, setups::metrics, tail);
            begin(tail, usedTokens);
        } catch (RuntimeException e) {
            closeAll();
            throw startFailure(config, e);
        }
    }

    /**
     * Starts a gateway and blocks until it serves: its keys are caught up, its SIP side is bound, its set-up topic is
     * assigned to it and its first heartbeat is acknowledged.
     *
     * @throws GatewayStartException when it cannot serve, with one clear sentence; nothing is left running
     */
    public static GatewayServer start(GatewayConfig config) {
        return start(config, Meters.unread());
    }

    /** The same; what it counts is shown by these meters. */
    public static GatewayServer start(GatewayConfig config, Meters meters) {
        // Before the first generated class is touched: Avro reads whom to trust once and keeps it.
        AvroTrust.establish();
        return new GatewayServer(config, meters);
    }

    /** Where its SIP side listens, with the port it really has. */
    public InetSocketAddress sipAddress() {
        return agent.address();
    }

    /** How many calls it holds. */
    public int openCalls() {
        return board.openCalls();
    }

    /** Done when the gateway has ended: exceptionally when it had to end by itself; then it still is to be closed. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** Lets in no more calls, says so, and goes on with the calls it has. */
    public void drain() {
        gate.drain();
        await("DRAINING", heartbeat.become(GatewayState.DRAINING), DOWN_WITHIN);
    }

    /** Ends all calls, waits until they are reported, says that it is down, and stops. Further calls do nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        drain();
        await(
                "the judgement of all set-ups",
                requests.settled(),
                config.usedTokens().judgedWithin());
        await("the end of all calls", board.endAll(), REPORTED_WITHIN);
        requests.close();
        heartbeat.close();
        await("DOWN", heartbeat.become(GatewayState.DOWN), DOWN_WITHIN);
        closeAll();
        ended.complete(null);
    }

    private void begin(TopicTail keys, ReplayMemory usedTokens) {
        require("token keys", keys.caughtUp());
        if (usedTokens instanceof TopicReplayMemory shared) {
            require("used tokens", shared.ready(), shared::recordsRead);
            endWith(shared.ended());
        }
        board.reportOpenCallsOfForerunner();
        require("partitions of " + Topic.SETUP_REQUESTS.of(config.gateway()), requests.start());
        require("acknowledgement of the first heartbeat", heartbeat.start(config.heartbeat(), journal::mark));
        endWith(requests.ended());
        endWith(keys.ended());
        LOG.info("gateway {} serves: SIP at {}, trunk {}", config.gateway(), agent.address(), config.trunk());
    }

    private void endWith(CompletableFuture<Void> part) {
        var unused = part.whenComplete((done, failure) -> {
            if (failure != null) {
                ended.completeExceptionally(failure);
            }
        });
    }

    /** Takes the data directory, which must be for its owner only and for no other process. */
    static DirectoryLock dataDirectory(GatewayConfig config) {
        try {
            return DirectoryLock.take(config.data());
        } catch (IOException e) {
            throw new UncheckedIOException("data " + config.data() + ": " + e.getMessage(), e);
        }
    }

    private ReplayMemory usedTokens(Admin admin, Clock clock) {
        UsedTokens usedTokens = config.usedTokens();
        return switch (usedTokens.keptIn()) {
            case FILE -> FileReplayMemory.open(config.data().resolve("used-tokens"), clock, usedTokens.most());
            case TOPIC ->
                TopicReplayMemory.start(
                        new TopicReplayMemory.Settings(
                                Topic.USED_TOKENS.of(config.gateway()),
                                config.instance(),
                                new SecureRandom().nextLong(),
                                usedTokens.confirmWithin(),
                                usedTokens.most()),
                        Clients.claims(admin, config),
                        clock);
        };
    }

    private ExecutorService workers() {
        ExecutorService workers = Executors.newFixedThreadPool(
                WORKERS, Thread.ofPlatform().daemon().name(name("call-"), 1).factory());
        opened.push(workers::shutdown); // never interrupted: an interrupt would close the journal under a write
        return workers;
    }

    private Switchboard switchboard(ExecutorService workers, Clock clock) {
        ScheduledTimers timers = open(new ScheduledTimers(name("timers")));
        Trunk trunk = new Trunk(agent, config.trunk(), config.trunkTransport(), config.answerWithin());
        return new Switchboard(trunk, reports, journal, channels, workers, timers, clock);
    }

    private Heartbeat heartbeat(KeyRing keys, Clock clock) {
        Heartbeat.Who who = new Heartbeat.Who(config.gateway(), config.carrier(), config.instance());
        return new Heartbeat(who, channels, refusals, keys, reports::status, clock);
    }

    private RequestLoop requests(Consumer<String, byte[]> setups, ExecutorService workers, Clock clock) {
        RequestDesk desk = new RequestDesk(config.gateway(), gate, board, reports, refusals, workers, clock);
        return new RequestLoop(
                new RequestLoop.Readers(setups, Clients.lone(config)),
                Topic.SETUP_REQUESTS.of(config.gateway()),
                new RecordDeserializer(config.kafka().registry()),
                desk,
                config.usedTokens().judgedWithin());
    }

    private String name(String what) {
        return "gateway-" + config.gateway() + "-" + what;
    }

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
    }

    private void closeAll() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.error("gateway {}: a part did not close", config.gateway(), e);
            }
        }
    }

    private void require(String what, CompletableFuture<Void> done) {
        require(what, done, () -> 0);
    }

    private void require(String what, CompletableFuture<Void> done, LongSupplier progress) {
        try {
            Readiness.await(done, READY_WITHIN, progress);
        } catch (TimeoutException e) {
            throw new GatewayStartException(
                    "gateway " + config.gateway() + ": no " + what + " within " + READY_WITHIN, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new GatewayStartException(
                    "gateway " + config.gateway() + ": no " + what + ": " + cause.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayStartException("gateway " + config.gateway() + ": interrupted at its start", e);
        }
    }

    private void await(String what, CompletableFuture<Void> done, Duration within) {
        try {
            done.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn(
                    "gateway {}: {} was not acknowledged: {}; the next start reports what is left",
                    config.gateway(),
                    what,
                    e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException startFailure(GatewayConfig config, RuntimeException failure) {
        return switch (failure) {
            case GatewayStartException e -> e;
            case JournalCorruptException e -> new GatewayStartException(String.valueOf(e.getMessage()), e);
            case UncheckedIOException e ->
                new GatewayStartException("gateway " + config.gateway() + ": " + reason(e), e);
            default -> new GatewayStartException("gateway " + config.gateway() + ": " + failure.getMessage(), failure);
        };
    }

    /** The message of whoever knew the place best: some wrap a cause without a word of their own. */
    private static String reason(UncheckedIOException failure) {
        Throwable cause = failure.getCause();
        String said = String.valueOf(failure.getMessage());
        return cause != null && said.equals(cause.toString()) ? String.valueOf(cause.getMessage()) : said;
    }
}
