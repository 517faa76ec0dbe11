package org.callclear.app.stack;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.quota.ClientQuotaFilter;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.app.topics.TopicApplier;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.CallRates;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Quota;
import org.callclear.schemas.topics.Topic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One carrier floods its own topic as fast as it can; the broker slows it down, and another carrier feels nothing of it. */
@Tag("broker")
@Tag("timed")
class QuotaTest {
    /** A carrier of few calls, so that the broker need not be filled for its quota to be reached. */
    private static final CallRates AGREED = new CallRates(Map.of(Parties.ACME, 20));

    /** The broker counts over windows of 1 s, ten of which may have been idle: so much comes through at once. */
    private static final int BURST_SECONDS = 10;

    private static final int FACTOR = 5;
    private static final long LEAST_MICROS = 20_000;
    private static final int QUESTIONS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static EmbeddedStack stack;

    @BeforeAll
    static void start() {
        stack = EmbeddedStack.start(folder.resolve("data"), StackPorts.REMEMBERED, line -> {});
        try (TopicApplier applier = TopicApplier.open(stack.accessFor(Parties.SETUP), AGREED)) {
            applier.apply(Parties.DIRECTORY, line -> {});
        }
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void aCarrierThatFloodsIsSlowedDownAndAnotherOneIsNot() throws Exception {
        try (KafkaProducer<String, byte[]> victim = producer(Parties.ZENITH, Map.of("acks", "all"));
                KafkaProducer<String, byte[]> flooder =
                        producer(Parties.ACME, Map.of("acks", "1", "batch.size", 256 << 10, "max.block.ms", 500))) {
            ask(victim); // connections and code are warm now
            long before = ask(victim);

            Flood flood = new Flood(flooder);
            long began = System.nanoTime();
            flood.start();
            await().atMost(PATIENCE).until(() -> metric(flooder, "produce-throttle-time-max") > 0);
            long during = ask(victim);
            flood.end();
            double seconds = (System.nanoTime() - began) / 1e9;

            long allowed = Math.round(quota().producedBytes() * (seconds + BURST_SECONDS));
            System.out.printf(
                    "quota: flooder got %d KiB in %.1f s of at most %d KiB, throttled up to %.0f ms; "
                            + "another carrier's median %d us before, %d us during%n",
                    flood.written.get() >> 10,
                    seconds,
                    allowed >> 10,
                    metric(flooder, "produce-throttle-time-max"),
                    before,
                    during);
            assertThat(flood.written.get()).isPositive().isLessThan(2 * allowed);
            assertThat(during).isLessThan(FACTOR * Math.max(before, LEAST_MICROS));
            assertThat(metric(victim, "produce-throttle-time-max")).isZero();
            flooder.close(Duration.ZERO); // what is left in its buffer would go out at the quota's pace
        }
    }

    /** What the broker itself says, for each party of each carrier: its own carrier's rate, and a new one when that changes. */
    @Test
    void theBrokerHoldsForEachCarrierWhatWasAgreedWithIt() throws Exception {
        Map<String, Map<String, Double>> before = held();
        try (TopicApplier applier = TopicApplier.open(stack.accessFor(Parties.SETUP), new CallRates(Map.of()))) {
            applier.apply(Parties.DIRECTORY, line -> {});
        }
        Map<String, Map<String, Double>> usual = held();
        try (TopicApplier applier = TopicApplier.open(stack.accessFor(Parties.SETUP), AGREED)) {
            applier.apply(Parties.DIRECTORY, line -> {});
        }

        assertThat(before).isEqualTo(expected(AGREED));
        assertThat(usual).isEqualTo(expected(CallRates.usual()));
        assertThat(held()).isEqualTo(before);
        String acme = Party.proxyOf(Parties.ACME).commonName();
        String zenith = Party.proxyOf(Parties.ZENITH).commonName();
        assertThat(before.get(zenith)).isEqualTo(usual.get(zenith));
        assertThat(producing(before, acme)).isLessThan(producing(usual, acme));
        assertThat(usual.get(acme)).isEqualTo(usual.get(zenith));
    }

    private static double producing(Map<String, Map<String, Double>> held, String principal) {
        return requireNonNull(requireNonNull(held.get(principal)).get("producer_byte_rate"));
    }

    /** By principal, in Kafka's words. */
    private static Map<String, Map<String, Double>> held() throws Exception {
        Map<String, Map<String, Double>> held = new TreeMap<>();
        try (Admin admin = Admin.create(stack.accessFor(Parties.SETUP).clientSettings())) {
            admin.describeClientQuotas(ClientQuotaFilter.all())
                    .entities()
                    .get(60, TimeUnit.SECONDS)
                    .forEach((entity, values) -> held.put(entity.entries().get(ClientQuotaEntity.USER), values));
        }
        return held;
    }

    private static Map<String, Map<String, Double>> expected(CallRates rates) {
        Map<String, Map<String, Double>> expected = new TreeMap<>();
        for (Quota quota : Catalogue.quotas(Parties.DIRECTORY, rates)) {
            expected.put(
                    quota.party().commonName(),
                    Map.of(
                            "producer_byte_rate", (double) quota.producedBytes(),
                            "consumer_byte_rate", (double) quota.consumedBytes(),
                            "request_percentage", (double) quota.requestPercent()));
        }
        return expected;
    }

    private static Quota quota() {
        return Catalogue.quotas(Parties.DIRECTORY, AGREED).stream()
                .filter(quota -> quota.party().equals(Party.proxyOf(Parties.ACME)))
                .findFirst()
                .orElseThrow();
    }

    /** The median time of a question until it is acknowledged, in microseconds. */
    private static long ask(KafkaProducer<String, byte[]> producer) throws Exception {
        long[] micros = new long[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            long began = System.nanoTime();
            producer.send(new ProducerRecord<>(
                            Topic.AUTHORIZATION_REQUESTS.of(Parties.ZENITH), "call-" + i, new byte[300]))
                    .get(60, TimeUnit.SECONDS);
            micros[i] = (System.nanoTime() - began) / 1_000;
        }
        Arrays.sort(micros);
        return micros[QUESTIONS / 2];
    }

    private static double metric(KafkaProducer<String, byte[]> producer, String name) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .filter(value -> !Double.isNaN(value))
                .max()
                .orElse(0);
    }

    private static KafkaProducer<String, byte[]> producer(CarrierId carrier, Map<String, Object> more) {
        Map<String, Object> settings = stack.accessFor(Party.proxyOf(carrier)).clientSettings();
        settings.put("linger.ms", 0);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Writes without end. */
    private static final class Flood {
        private final KafkaProducer<String, byte[]> producer;
        private final AtomicLong written = new AtomicLong();
        private final Thread thread = new Thread(this::run, "flood");
        private volatile boolean ending;

        Flood(KafkaProducer<String, byte[]> producer) {
            this.producer = producer;
        }

        void start() {
            thread.start();
        }

        void end() throws InterruptedException {
            ending = true;
            thread.join(PATIENCE);
        }

        private void run() {
            byte[] value = new byte[60 << 10];
            for (int i = 0; !ending; i++) {
                // When its buffer is full, because the broker holds it back, the producer says so; it tries again.
                var unused = producer.send(
                        new ProducerRecord<>(Topic.AUTHORIZATION_REQUESTS.of(Parties.ACME), "flood-" + i, value),
                        (place, failure) -> written.addAndGet(failure == null ? value.length : 0));
            }
        }
    }
}
