package org.callclear.systemtests;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
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
import org.callclear.schemas.avro.SetupFailed;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.schemas.wire.TopicTail;
import org.callclear.tokens.SigningKeys;

/**
 * A proxy of Acme that shows the same good token more than once, and to every instance of a gateway: it writes the same
 * set-up to all partitions. Each token is for a number of its own, which is busy.
 */
final class Replayer implements AutoCloseable {
    private static final String PROXY = "replayer";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TokenMint mint;
    private final TopicTail tail;
    private final Producer<String, SpecificRecord> producer;
    private final Map<String, List<SetupRefusal>> refusals = new ConcurrentHashMap<>();
    private final Map<String, Integer> busy = new ConcurrentHashMap<>();
    private int issued;

    Replayer(Ground ground) throws Exception {
        String keyId = SigningKeys.open(ground.tokenKeyStore(), ground.tokenKeyPasswordFile())
                .activeKeyId(Instant.now())
                .orElseThrow();
        mint = new TokenMint(ground, keyId, PROXY, new Random(23));
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
        return mint.setup(gateway, new E164Number("49307%06d91".formatted(issued++)));
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
