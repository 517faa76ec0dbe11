package org.callclear.systemtests;

import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.SetupFailed;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.call.TransactionId;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.tokens.Claims;
import org.callclear.tokens.SigningKeys;
import org.callclear.tokens.TokenIssuer;

/**
 * A proxy of Acme that shows the same good token more than once, and to every instance of a gateway: it writes the same
 * set-up to all partitions. Each token is for a number of its own, which is busy.
 */
final class Replayer implements AutoCloseable {
    private static final String PROXY = "replayer";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SigningKeys keys;
    private final TopicTail tail;
    private final Producer<String, SpecificRecord> producer;
    private final Random random = new Random(23);
    private final Map<String, List<SetupRefusal>> refusals = new ConcurrentHashMap<>();
    private final Map<String, Integer> busy = new ConcurrentHashMap<>();
    private int issued;

    Replayer(Ground ground) throws Exception {
        keys = SigningKeys.open(ground.tokenKeyStore(), ground.tokenKeyPasswordFile());
        KafkaAccess access = ground.accessFor(Party.proxyOf(World.ACME));
        tail = TopicTail.start(
                access, PROXY, List.of(Topic.SETUP_EVENTS.of(World.ACME)), TopicTail.From.END, (place, reading) -> {
                    if (reading instanceof Reading.Read read) {
                        hear(read.value());
                    }
                });
        tail.caughtUp().get(30, TimeUnit.SECONDS);
        producer = RecordProducer.open(access, PROXY);
    }

    private void hear(SpecificRecord event) {
        if (event instanceof SetupRejected rejected) {
            refusals.computeIfAbsent(rejected.getTransactionId(), id -> new CopyOnWriteArrayList<>())
                    .add(rejected.getRefusal());
        } else if (event instanceof SetupFailed failed) {
            busy.merge(failed.getTransactionId(), 1, Integer::sum);
        }
    }

    /** So many set-ups with good tokens for a gateway, which nobody saw yet. */
    List<SetupRequested> issue(GatewayId gateway, int count) {
        List<SetupRequested> setups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            setups.add(issue(gateway));
        }
        return setups;
    }

    private SetupRequested issue(GatewayId gateway) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        E164Number called = new E164Number("49307%06d91".formatted(issued++));
        TransactionId id = new TransactionId("%016x%016x".formatted(random.nextLong(), random.nextLong()));
        CallId call = CallId.mint(Instant.now(), random);
        CarrierId carrier =
                java.util.Objects.requireNonNull(World.DIRECTORY.gateways().get(gateway));
        E164Number calling = new E164Number("4930111111111");
        Claims claims = new Claims(
                World.ISSUER,
                gateway,
                id,
                now,
                now,
                now.plusSeconds(600),
                call,
                1,
                calling,
                called,
                World.ACME,
                carrier,
                Duration.ofMinutes(5),
                terms());
        return SetupRequested.newBuilder()
                .setCallId(call.toString())
                .setLeg(1)
                .setTransactionId(id.hex())
                .setOriginatingCarrier(World.ACME.value())
                .setProxy(PROXY)
                .setToken(new TokenIssuer(keys)
                        .issue(claims, keys.activeKeyId(Instant.now()).orElseThrow()))
                .setCalling(calling.digits())
                .setCalled(called.digits())
                .setSdp(ByteBuffer.wrap(Phone.OFFER.bytes()))
                .setSentAt(now)
                .setDeadline(now.plusSeconds(600))
                .build();
    }

    private static RateTerms terms() {
        return RateTerms.newBuilder()
                .setContract("terminating")
                .setContractRevision(1)
                .setDeck("terminating")
                .setDeckRevision(1)
                .setPrefix("49")
                .setDestination("Germany")
                .setRatePerMinute(new BigDecimal("0.010000"))
                .setCurrency("EUR")
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(new BigDecimal("0.000000"))
                .build();
    }

    /** Writes each set-up to every partition, so that every instance gets it. */
    void presentEverywhere(GatewayId gateway, Collection<SetupRequested> setups) {
        for (SetupRequested setup : setups) {
            for (int partition = 0; partition < Catalogue.CALL_PARTITIONS; partition++) {
                var unused = producer.send(
                        new ProducerRecord<>(Topic.SETUP_REQUESTS.of(gateway), partition, setup.getCallId(), setup));
            }
        }
        producer.flush();
    }

    /** Waits until each was answered so often at least, by a refusal or by the busy subscriber. */
    void awaitAnswers(Collection<SetupRequested> setups, int each) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            long lacking =
                    setups.stream().filter(setup -> answers(setup) < each).count();
            if (lacking > 0) {
                throw new AssertionError(lacking + " set-ups lack an answer");
            }
        });
    }

    int answers(SetupRequested setup) {
        return refusals(setup).size() + busy.getOrDefault(setup.getTransactionId(), 0);
    }

    /** What was said against it, once for each time it was presented. */
    List<SetupRefusal> refusals(SetupRequested setup) {
        return List.copyOf(refusals.getOrDefault(setup.getTransactionId(), List.of()));
    }

    /** Forgets the answers so far. */
    void forget() {
        refusals.clear();
        busy.clear();
    }

    @Override
    public void close() {
        tail.close();
        producer.close(Duration.ofSeconds(5));
    }
}
