package org.callclear.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.schemas.avro.AuthorizationGranted;
import org.callclear.schemas.avro.AuthorizationRequest;
import org.callclear.schemas.avro.AuthorizedRoute;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupAnswered;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.tokens.Claims;
import org.callclear.tokens.SigningKeys;
import org.callclear.tokens.TokenIssuer;

/** A proxy of Acme that has turned bad: it has real tokens, and even the real key, and lies about everything else. */
final class TokenAttack implements AutoCloseable {
    private static final String PROXY = "attacker";
    private static final E164Number CALLING = new E164Number("4930111111111");
    private static final E164Number CALLED = new E164Number("4930777000177");
    private static final E164Number OTHER = new E164Number("4930777000178");
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Ground ground;
    private final BlockingQueue<SpecificRecord> heard = new LinkedBlockingQueue<>();
    private final TopicTail tail;
    private final Producer<String, SpecificRecord> producer;
    private final Random random = new Random();

    TokenAttack(Ground ground) throws Exception {
        this.ground = ground;
        KafkaAccess access = ground.accessFor(Party.proxyOf(World.ACME));
        tail = TopicTail.start(
                access,
                PROXY,
                List.of(Topic.AUTHORIZATION_RESPONSES.of(World.ACME), Topic.SETUP_EVENTS.of(World.ACME)),
                TopicTail.From.END,
                (place, reading) -> {
                    if (reading instanceof Reading.Read read) {
                        heard.add(read.value());
                    }
                });
        tail.caughtUp().get(20, TimeUnit.SECONDS);
        producer = RecordProducer.open(access, PROXY);
    }

    /** The number that must not ring. */
    E164Number called() {
        return CALLED;
    }

    /** Tries every lie; gives for each the reason it must be refused for, and the one it was. */
    Map<SetupRefusal, SetupRefusal> everyLie() throws Exception {
        Map<SetupRefusal, SetupRefusal> answers = new EnumMap<>(SetupRefusal.class);
        for (SetupRefusal lie : List.of(
                SetupRefusal.TOKEN_TOO_LARGE,
                SetupRefusal.TOKEN_MALFORMED,
                SetupRefusal.UNKNOWN_KEY,
                SetupRefusal.BAD_SIGNATURE,
                SetupRefusal.OTHER_ISSUER,
                SetupRefusal.OTHER_GATEWAY,
                SetupRefusal.NOT_YET_VALID,
                SetupRefusal.EXPIRED,
                SetupRefusal.OTHER_CALL,
                SetupRefusal.OTHER_CALLING_NUMBER,
                SetupRefusal.OTHER_CALLED_NUMBER,
                SetupRefusal.OTHER_TRANSACTION,
                SetupRefusal.SETUP_TOO_LATE)) {
            SetupRequested setup = lying(lie, authorize());
            send(setup);
            answers.put(lie, rejection(setup));
        }
        return answers;
    }

    /** Uses a good token twice; gives the second answer's reason. */
    SetupRefusal useTwice() throws Exception {
        AuthorizationGranted granted = authorize();
        SetupRequested setup = honest(granted, routeTo(World.ZENITH_1, granted)).build();
        send(setup);
        await(SetupAnswered.class, answered -> answered.getCallId().equals(setup.getCallId()));
        send(setup);
        SetupRefusal refusal = rejection(setup);
        send(
                Topic.SETUP_REQUESTS.of(World.ZENITH_1),
                setup.getCallId(),
                new CallReleased(
                        setup.getCallId(),
                        setup.getTransactionId(),
                        PROXY,
                        16,
                        ReleaseSource.CALLER,
                        Instant.now().truncatedTo(ChronoUnit.MILLIS)));
        return refusal;
    }

    private SetupRequested lying(SetupRefusal lie, AuthorizationGranted granted) {
        AuthorizedRoute route = routeTo(World.ZENITH_1, granted);
        SetupRequested.Builder honest = honest(granted, route);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return switch (lie) {
            case TOKEN_TOO_LARGE -> honest.setToken("a".repeat(5000)).build();
            case TOKEN_MALFORMED -> honest.setToken("a.b").build();
            case UNKNOWN_KEY ->
                honest.setToken(strangersToken(granted, route, now)).build();
            case BAD_SIGNATURE ->
                honest.setToken(oneBitAltered(route.getToken())).build();
            case OTHER_ISSUER ->
                honest.setToken(signed(claims(granted, route, "evil", now, now.plusSeconds(60))))
                        .build();
            case OTHER_GATEWAY ->
                honest.setToken(routeTo(World.LUMEN_1, granted).getToken()).build();
            case NOT_YET_VALID ->
                honest.setToken(signed(claims(granted, route, World.ISSUER, now.plusSeconds(90), now.plusSeconds(150))))
                        .build();
            case EXPIRED ->
                honest.setToken(signed(claims(
                                granted,
                                route,
                                World.ISSUER,
                                keyBegan(),
                                keyBegan().plusSeconds(1))))
                        .build();
            case OTHER_CALL -> honest.setCallId(mint().toString()).build();
            case OTHER_CALLING_NUMBER -> honest.setCalling(OTHER.digits()).build();
            case OTHER_CALLED_NUMBER -> honest.setCalled(OTHER.digits()).build();
            case OTHER_TRANSACTION ->
                honest.setTransactionId("0123456789abcdef0123456789abcdef").build();
            case SETUP_TOO_LATE ->
                honest.setDeadline(Instant.now().minusSeconds(60)).build();
            default -> throw new IllegalArgumentException("no such lie: " + lie);
        };
    }

    private static SetupRequested.Builder honest(AuthorizationGranted granted, AuthorizedRoute route) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return SetupRequested.newBuilder()
                .setCallId(granted.getCallId())
                .setLeg(route.getLeg())
                .setTransactionId(route.getTransactionId())
                .setOriginatingCarrier(World.ACME.value())
                .setProxy(PROXY)
                .setToken(route.getToken())
                .setCalling(CALLING.digits())
                .setCalled(CALLED.digits())
                .setSdp(ByteBuffer.wrap(Phone.OFFER.bytes()))
                .setSentAt(now)
                .setDeadline(now.plusSeconds(10));
    }

    private Claims claims(
            AuthorizationGranted granted, AuthorizedRoute route, String issuer, Instant from, Instant until) {
        return new Claims(
                issuer,
                new GatewayId(route.getGateway()),
                new TransactionId(route.getTransactionId()),
                from,
                from,
                until,
                CallId.parse(granted.getCallId()),
                route.getLeg(),
                CALLING,
                CALLED,
                World.ACME,
                new CarrierId(route.getTerminatingCarrier()),
                Duration.ofHours(1),
                terms());
    }

    private static RateTerms terms() {
        return RateTerms.newBuilder()
                .setContract("zenith-terminating")
                .setContractRevision(1)
                .setDeck("zenith-terminating")
                .setDeckRevision(1)
                .setPrefix("49")
                .setDestination("Germany")
                .setRatePerMinute(new java.math.BigDecimal("0.010000"))
                .setCurrency("EUR")
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(new java.math.BigDecimal("0.000000"))
                .build();
    }

    private String signed(Claims claims) {
        SigningKeys keys = SigningKeys.open(ground.tokenKeyStore(), ground.tokenKeyPasswordFile());
        return new TokenIssuer(keys)
                .issue(claims, keys.activeKeyId(Instant.now()).orElseThrow());
    }

    /** The earliest instant the key may sign at: a minute before it was made, so long over. */
    private Instant keyBegan() {
        return SigningKeys.open(ground.tokenKeyStore(), ground.tokenKeyPasswordFile())
                .publicKeys()
                .getFirst()
                .getNotBefore();
    }

    private String strangersToken(AuthorizationGranted granted, AuthorizedRoute route, Instant now) {
        SigningKeys keys = strangersKeys(now);
        return new TokenIssuer(keys)
                .issue(
                        claims(granted, route, World.ISSUER, now, now.plusSeconds(60)),
                        keys.activeKeyId(now).orElseThrow());
    }

    private SigningKeys strangersKeys(Instant now) {
        Path directory = ground.tokenKeyStore().resolveSibling("stranger-" + random.nextInt(1 << 30));
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return SigningKeys.create(
                directory.resolve("keys.p12"),
                directory.resolve("password"),
                now.minusSeconds(60),
                now.plus(Duration.ofDays(1)),
                new SecureRandom());
    }

    private static String oneBitAltered(String token) {
        int dot = token.lastIndexOf('.');
        byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        signature[7] ^= 1;
        return token.substring(0, dot + 1)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private AuthorizationGranted authorize() throws Exception {
        CallId id = mint();
        AuthorizationRequest request = AuthorizationRequest.newBuilder()
                .setCallId(id.toString())
                .setSipCallId("attack@" + id)
                .setOriginatingCarrier(World.ACME.value())
                .setProxy(PROXY)
                .setCalling(CALLING.digits())
                .setCalled(CALLED.digits())
                .setRequestedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .setMaxGateways(3)
                .build();
        send(Topic.AUTHORIZATION_REQUESTS.of(World.ACME), id.toString(), request);
        return await(AuthorizationGranted.class, granted -> granted.getCallId().equals(id.toString()));
    }

    private SetupRefusal rejection(SetupRequested setup) throws Exception {
        return await(SetupRejected.class, rejected -> rejected.getCallId().equals(setup.getCallId()))
                .getRefusal();
    }

    private void send(SetupRequested setup) throws Exception {
        send(Topic.SETUP_REQUESTS.of(World.ZENITH_1), setup.getCallId(), setup);
    }

    private void send(String topic, String key, SpecificRecord record) throws Exception {
        ProducerRecord<String, SpecificRecord> out = new ProducerRecord<>(topic, key, record);
        out.headers().add("reply-to", PROXY.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        producer.send(out).get(10, TimeUnit.SECONDS);
    }

    private <T> T await(Class<T> type, Predicate<T> wanted) throws InterruptedException {
        long until = System.nanoTime() + SOON.toNanos();
        while (true) {
            SpecificRecord next = heard.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("no such " + type.getSimpleName() + " within " + SOON);
            }
            if (type.isInstance(next) && wanted.test(type.cast(next))) {
                return type.cast(next);
            }
        }
    }

    private static AuthorizedRoute routeTo(GatewayId gateway, AuthorizationGranted granted) {
        return granted.getRoutes().stream()
                .filter(route -> route.getGateway().equals(gateway.value()))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(Objects.toString(granted.getRoutes().size())));
    }

    private CallId mint() {
        return CallId.mint(Instant.now(), random);
    }

    @Override
    public void close() {
        tail.close();
        producer.close(Duration.ofSeconds(5));
    }
}
