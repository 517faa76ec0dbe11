package org.callclear.systemtests;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.schemas.avro.CallReleased;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.SetupAnswered;
import org.callclear.schemas.avro.SetupRefusal;
import org.callclear.schemas.avro.SetupRejected;
import org.callclear.schemas.avro.SetupRequested;
import org.callclear.schemas.call.E164Number;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer.Reading;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.schemas.wire.TopicTail;
import org.jspecify.annotations.Nullable;

/** A carrier's proxy that has a signing key it should not have, and knocks at gateways with tokens of its own making. */
final class StolenKey implements AutoCloseable {
    private static final String PROXY = "thief";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TokenMint mint;
    private final E164Number called;
    private final BlockingQueue<SpecificRecord> heard = new LinkedBlockingQueue<>();
    private final TopicTail tail;
    private final Producer<String, SpecificRecord> producer;

    /** A token that was issued and never used, with the set-up that it is for. */
    record Unused(GatewayId gateway, SetupRequested setup) {}

    /** @param called the number that all its tokens are for */
    StolenKey(Ground ground, String keyId, E164Number called) throws Exception {
        this.mint = new TokenMint(ground, keyId, PROXY, new Random());
        this.called = called;
        KafkaAccess access = ground.accessFor(Party.proxyOf(World.ACME));
        tail = TopicTail.start(
                access, PROXY, List.of(Topic.SETUP_EVENTS.of(World.ACME)), TopicTail.From.END, (place, reading) -> {
                    if (reading instanceof Reading.Read read) {
                        heard.add(read.value());
                    }
                });
        tail.caughtUp().get(SOON.toSeconds(), TimeUnit.SECONDS);
        producer = RecordProducer.open(access, PROXY);
    }

    /** Issues a token for a gateway, good in all but whose it is. */
    Unused issue(GatewayId gateway) {
        return new Unused(gateway, mint.setup(gateway, called));
    }

    /** Uses a token; null when it opened the gateway. The call is then released. */
    @Nullable
    SetupRefusal use(Unused token) throws Exception {
        String callId = token.setup().getCallId();
        send(token.gateway(), callId, token.setup());
        long until = System.nanoTime() + SOON.toNanos();
        while (true) {
            SpecificRecord next = heard.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("no answer of " + token.gateway() + " within " + SOON);
            }
            if (next instanceof SetupRejected rejected && rejected.getCallId().equals(callId)) {
                return rejected.getRefusal();
            }
            if (next instanceof SetupAnswered answered && answered.getCallId().equals(callId)) {
                release(token);
                return null;
            }
        }
    }

    private void release(Unused token) throws Exception {
        send(
                token.gateway(),
                token.setup().getCallId(),
                new CallReleased(
                        token.setup().getCallId(),
                        token.setup().getTransactionId(),
                        PROXY,
                        16,
                        ReleaseSource.CALLER,
                        Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    }

    private void send(GatewayId gateway, String callId, SpecificRecord record) throws Exception {
        ProducerRecord<String, SpecificRecord> out =
                new ProducerRecord<>(Topic.SETUP_REQUESTS.of(gateway), callId, record);
        out.headers().add("reply-to", PROXY.getBytes(StandardCharsets.UTF_8));
        producer.send(out).get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        tail.close();
        producer.close(Duration.ofSeconds(5));
    }
}
