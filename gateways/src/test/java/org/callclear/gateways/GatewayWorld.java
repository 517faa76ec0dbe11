package org.callclear.gateways;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.gateways.gate.Channels;
import org.callclear.gateways.gate.Gate;
import org.callclear.gateways.gate.Judgement;
import org.callclear.gateways.gate.TokenChecks;
import org.callclear.gateways.journal.OpenCallJournal;
import org.callclear.gateways.reports.Outbox;
import org.callclear.gateways.reports.Reports;
import org.callclear.gateways.requests.RequestDesk;
import org.callclear.gateways.status.Refusals;
import org.callclear.gateways.switching.Switchboard;
import org.callclear.gateways.switching.Timers;
import org.callclear.gateways.trunk.Trunk;
import org.callclear.metrics.MeterBook;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.avro.TokenKey;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.UserAgent;
import org.callclear.testkit.gateways.FakeTrunk;
import org.callclear.tokens.KeyRing;
import org.callclear.tokens.SigningKeys;
import org.callclear.tokens.TokenIssuer;
import org.callclear.tokens.TokenVerifier;
import org.jspecify.annotations.Nullable;

/** A gateway without Kafka and without a network: gateway zenith-1 of carrier zenith. */
public final class GatewayWorld implements AutoCloseable {
    public static final String ISSUER = "callclear";
    public static final GatewayId GATEWAY = new GatewayId("zenith-1");
    public static final CarrierId CARRIER = new CarrierId("zenith");

    public final TestClock clock = new TestClock();
    public final ManualTimers timers = new ManualTimers(clock);
    public final FakeTrunk trunk = new FakeTrunk();
    public final MockProducer<String, SpecificRecord> kafka;
    public final Channels channels;
    public final Refusals refusals = new Refusals();
    private final MeterBook meters = new MeterBook();
    public final KeyRing keys = new KeyRing();
    public final SlowMemory memory = new SlowMemory();
    public final Gate gate;
    public final OpenCallJournal journal;
    public final Switchboard board;
    public final RequestDesk desk;
    public final Reports reports;
    private final SigningKeys signingKeys;
    private final TokenIssuer issuer;
    private final Random random = new Random(1);
    private final Outbox outbox;

    public GatewayWorld(Path directory, int channels) {
        this(directory, channels, null, Runnable::run, true);
    }

    /**
     * @param agent null for the fake trunk
     * @param acknowledging whether Kafka acknowledges by itself
     */
    public GatewayWorld(
            Path directory, int channels, @Nullable UserAgent agent, Executor workers, boolean acknowledging) {
        this(
                directory,
                channels,
                agent,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060),
                workers,
                acknowledging,
                null);
    }

    public GatewayWorld(
            Path directory,
            int channels,
            @Nullable UserAgent agent,
            InetSocketAddress peer,
            Executor workers,
            boolean acknowledging,
            @Nullable Timers realTimers) {
        this.signingKeys = SigningKeys.create(
                directory.resolve("keys.p12"),
                directory.resolve("keys.password"),
                clock.instant().minusSeconds(86_400),
                clock.instant().plusSeconds(86_400L * 365),
                new SecureRandom());
        signingKeys.publicKeys().forEach(keys::put);
        this.issuer = new TokenIssuer(signingKeys);
        this.kafka = new MockProducer<>(acknowledging, null, new StringSerializer(), (topic, value) -> new byte[0]);
        this.outbox = new Outbox(kafka, "test-outbox");
        this.reports = new Reports(
                outbox, topic -> CompletableFuture.completedFuture(!topic.contains("nobody")), GATEWAY, CARRIER);
        this.channels = new Channels(channels);
        this.gate = new Gate(
                ISSUER,
                GATEWAY,
                CARRIER,
                new TokenVerifier(keys, memory),
                this.channels,
                new TokenChecks(meters.of("gateway", "zenith-1/g1")));
        this.journal = OpenCallJournal.open(directory.resolve("open-calls.journal"));
        this.board = new Switchboard(
                new Trunk(agent == null ? trunk : agent, peer, Dial.Transport.UDP, Duration.ofSeconds(30)),
                reports,
                journal,
                this.channels,
                workers,
                realTimers == null ? timers : realTimers,
                realTimers == null ? clock : Clock.systemUTC());
        this.desk = new RequestDesk(GATEWAY, gate, board, reports, refusals, workers, clock);
    }

    /** What it counted of tokens, as the page of metrics has it. */
    public String measured() {
        return meters.text(MeterBook.Form.PLAIN);
    }

    /** A set-up of a new call. */
    public SetupBuilder aSetup() {
        return new SetupBuilder(
                clock.instant(),
                CallId.mint(clock.instant(), random),
                new TransactionId("%016x%016x".formatted(random.nextLong(), random.nextLong())),
                claims -> issuer.issue(claims, signingKeys.keyIds().getFirst()));
    }

    /** The public half of the key that signs. */
    public TokenKey publicKey() {
        return signingKeys.publicKeys().getFirst();
    }

    /** What the gate says to it. */
    public Judgement judge(SetupRequested setup) {
        return gate.judge(setup.getCallId(), setup, clock).join();
    }

    /** Brings it through gate and switchboard. */
    public FakeTrunk.Leg connect(SetupRequested setup) {
        board.connect((Judgement.LetIn) judge(setup));
        return trunk.last();
    }

    /** The same where the trunk does not get to dial. */
    public void connectWithoutLeg(SetupRequested setup) {
        board.connect((Judgement.LetIn) judge(setup));
    }

    /** Lets time pass, so that timers go off. */
    public void pass(Duration time) {
        clock.pass(time);
        timers.goOff();
    }

    /** Everything sent to Kafka so far to topics that end like this, in order. */
    public List<ProducerRecord<String, SpecificRecord>> sent(String topicEnd) {
        outboxIdle();
        return kafka.history().stream()
                .filter(r -> r.topic().endsWith(topicEnd))
                .toList();
    }

    /** The values of the events sent so far. */
    public List<SpecificRecord> events() {
        return sent(".setup-events").stream().map(ProducerRecord::value).toList();
    }

    /** The CDRs sent so far. */
    public List<CallDetailRecord> cdrs() {
        return sent(".cdrs").stream()
                .flatMap(r -> r.value() instanceof CallDetailRecord cdr ? Stream.of(cdr) : Stream.empty())
                .toList();
    }

    private void outboxIdle() {
        outbox.whenIdle().join();
    }

    @Override
    public void close() {
        outbox.close();
        journal.close();
    }
}
