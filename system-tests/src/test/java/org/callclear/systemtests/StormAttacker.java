package org.callclear.systemtests;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordProducer;
import org.jspecify.annotations.Nullable;

/**
 * A proxy of Acme that writes bad set-ups to all gateways and their partitions, one after the other. Each lie is for a
 * called number of its own, but for the replay, which repeats what a good proxy used and is for the same number.
 */
final class StormAttacker implements AutoCloseable {
    /** What it calls itself. */
    static final String PROXY = "attacker";

    private static final int HOARD = 3_000;
    private static final List<GatewayId> GATEWAYS =
            List.copyOf(World.DIRECTORY.gateways().keySet());

    private final Ground ground;
    private final StormWatch watch;
    private final Producer<String, SpecificRecord> producer;
    private final Random random = new Random(29);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Try> tries = new ConcurrentLinkedQueue<>();
    private final Queue<StormWatch.Setup> hoard = new ArrayDeque<>();
    private volatile List<SetupRefusal> lies = List.of(
            SetupRefusal.REPLAYED,
            SetupRefusal.OTHER_GATEWAY,
            SetupRefusal.BAD_SIGNATURE,
            SetupRefusal.OTHER_CALLED_NUMBER,
            SetupRefusal.UNKNOWN_KEY);
    private volatile TokenMint mint;
    private volatile @Nullable RuntimeException broken;
    private int turn;
    private int numbers;

    /** A set-up that was written, and the one reason it must be refused for. */
    record Try(SetupRefusal expected, String transactionId) {}

    /** @param keyId the key that signs now; many of its tokens are put by */
    StormAttacker(Ground ground, StormWatch watch, String keyId) {
        this.ground = ground;
        this.watch = watch;
        this.mint = new TokenMint(ground, keyId, PROXY, random);
        for (int i = 0; i < HOARD; i++) {
            GatewayId gateway = GATEWAYS.get(i % GATEWAYS.size());
            hoard.add(new StormWatch.Setup(gateway, mint.setup(gateway, number())));
        }
        this.producer = RecordProducer.open(ground.accessFor(Party.proxyOf(World.ACME)), PROXY);
    }

    /** Begins. */
    void attack(int perSecond) {
        var unused = clock.scheduleAtFixedRate(this::next, 0, 1_000_000_000L / perSecond, TimeUnit.NANOSECONDS);
    }

    /** Signs with another key from now on. */
    void signWith(String keyId) {
        mint = new TokenMint(ground, keyId, PROXY, new Random(31));
    }

    /** From now on also uses what was put by: its key is revoked. */
    void useHoard() {
        lies = List.of(
                SetupRefusal.REPLAYED,
                SetupRefusal.KEY_NOT_VALID,
                SetupRefusal.OTHER_GATEWAY,
                SetupRefusal.KEY_NOT_VALID,
                SetupRefusal.BAD_SIGNATURE,
                SetupRefusal.OTHER_CALLED_NUMBER,
                SetupRefusal.UNKNOWN_KEY);
    }

    /** Writes no more; gives all that was written. */
    Collection<Try> stop() throws InterruptedException {
        clock.shutdown();
        if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new AssertionError("the attacker still writes");
        }
        if (broken != null) {
            throw new AssertionError("the attacker could not write", broken);
        }
        producer.flush();
        return List.copyOf(tries);
    }

    /** How often it tried each lie. */
    static Map<SetupRefusal, Integer> counts(Collection<Try> tries) {
        Map<SetupRefusal, Integer> counts = new EnumMap<>(SetupRefusal.class);
        tries.forEach(one -> counts.merge(one.expected(), 1, Integer::sum));
        return counts;
    }

    private void next() {
        try {
            SetupRefusal lie = lies.get(turn % lies.size());
            GatewayId gateway = GATEWAYS.get(turn / lies.size() % GATEWAYS.size());
            turn++;
            StormWatch.Setup bad = lying(lie, gateway);
            if (bad != null) {
                write(lie, bad);
            }
        } catch (RuntimeException e) {
            broken = e;
        }
    }

    private StormWatch.@Nullable Setup lying(SetupRefusal lie, GatewayId gateway) {
        return switch (lie) {
            case REPLAYED -> watch.takeAnswered(mint.keyId());
            case KEY_NOT_VALID -> hoard.poll();
            case OTHER_GATEWAY -> {
                GatewayId other = GATEWAYS.get((GATEWAYS.indexOf(gateway) + 1) % GATEWAYS.size());
                yield new StormWatch.Setup(gateway, mint.setup(other, number()));
            }
            case BAD_SIGNATURE -> {
                SetupRequested good = mint.setup(gateway, number());
                yield new StormWatch.Setup(
                        gateway,
                        SetupRequested.newBuilder(good)
                                .setToken(altered(good.getToken()))
                                .build());
            }
            case OTHER_CALLED_NUMBER -> {
                SetupRequested good = mint.setup(gateway, number());
                yield new StormWatch.Setup(
                        gateway,
                        SetupRequested.newBuilder(good)
                                .setCalled(number().digits())
                                .build());
            }
            case UNKNOWN_KEY -> new StormWatch.Setup(gateway, mint.ofUnknownKey(gateway, number()));
            default -> throw new IllegalArgumentException("no such lie: " + lie);
        };
    }

    private void write(SetupRefusal lie, StormWatch.Setup bad) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        SetupRequested setup = SetupRequested.newBuilder(bad.request())
                .setProxy(PROXY)
                .setSentAt(now)
                .setDeadline(now.plus(TokenMint.LIFE))
                .build();
        ProducerRecord<String, SpecificRecord> out = new ProducerRecord<>(
                Topic.SETUP_REQUESTS.of(bad.gateway()),
                random.nextInt(Catalogue.CALL_PARTITIONS),
                setup.getCallId(),
                setup);
        out.headers().add("reply-to", PROXY.getBytes(StandardCharsets.UTF_8));
        var unused = producer.send(out);
        tries.add(new Try(lie, setup.getTransactionId()));
    }

    /** A number that no good call is for. */
    private E164Number number() {
        return new E164Number("4930888%06d00".formatted(numbers++));
    }

    /** With one letter in the middle of the signature changed. */
    private static String altered(String token) {
        int at = token.length() - 20;
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        return token.substring(0, at) + other + token.substring(at + 1);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        producer.close(Duration.ofSeconds(5));
    }
}
