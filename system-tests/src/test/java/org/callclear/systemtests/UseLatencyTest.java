package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.callclear.gateways.replay.ClaimClients;
import org.callclear.gateways.replay.TopicIds;
import org.callclear.gateways.replay.TopicReplayMemory;
import org.callclear.gateways.reports.Outbox;
import org.callclear.schemas.call.TransactionId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.tokens.FileReplayMemory;
import org.callclear.tokens.ReplayMemory;
import org.callclear.tokens.ReplayMemory.Use;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Measures how long the use of a token takes, in both memories: {@code -Dcallclear.measure=true}. */
@EnabledIfSystemProperty(named = "callclear.measure", matches = "true")
@Tag("timed")
class UseLatencyTest {
    private static final int WARM_UP = 3_000;
    private static final int ALONE = 2_000;
    private static final int PER_SECOND = 300;
    private static final int SECONDS = 20;
    private static final String TOPIC = Topic.USED_TOKENS.of(World.ZENITH_1);

    private final Random random = new Random();

    @Test
    void measure(@TempDir Path directory) throws Exception {
        try (EmbeddedGround ground = EmbeddedGround.start(directory.resolve("ground"))) {
            KafkaAccess access = ground.accessFor(Party.gateway(World.ZENITH_1));
            try (Admin admin = Admin.create(access.clientSettings());
                    TopicReplayMemory topic = shared(access, admin);
                    FileReplayMemory file = FileReplayMemory.open(directory.resolve("file"), Clock.systemUTC())) {
                topic.ready().get(30, TimeUnit.SECONDS);
                TimeUnit.SECONDS.sleep(1); // tokens of the second in which the log began are refused
                measure("topic", topic);
                measure("file", file);
            }
            tellSize(ground);
        }
    }

    private static TopicReplayMemory shared(KafkaAccess access, Admin admin) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("auto.offset.reset", "none");
        settings.put("enable.auto.commit", false);
        return TopicReplayMemory.start(
                new TopicReplayMemory.Settings(TOPIC, "g1", 1, Duration.ofSeconds(10), 1_000_000),
                new ClaimClients(
                        TopicIds.askedOf(admin),
                        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                        new Outbox(RecordProducer.open(access, "latency"), "latency"),
                        new RecordDeserializer(access.registry())),
                Clock.systemUTC());
    }

    private void measure(String name, ReplayMemory memory) throws Exception {
        alone(memory, WARM_UP);
        tell(name + ", one after another", alone(memory, ALONE));
        tell(name + ", " + PER_SECOND + "/s", atRate(memory, PER_SECOND));
        tell(name + ", 1000/s", atRate(memory, 1_000));
    }

    private List<Long> alone(ReplayMemory memory, int count) throws Exception {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            assertThat(use(memory).get(20, TimeUnit.SECONDS)).isEqualTo(Use.FIRST);
            nanos.add(System.nanoTime() - begin);
        }
        return nanos;
    }

    private List<Long> atRate(ReplayMemory memory, int perSecond) throws Exception {
        List<CompletableFuture<Long>> answers = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < perSecond * SECONDS; i++) {
            long due = start + i * 1_000_000_000L / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            answers.add(use(memory).thenApply(use -> {
                assertThat(use).isEqualTo(Use.FIRST);
                return System.nanoTime() - due; // from when it was due: a stall counts for all that it delays
            }));
        }
        List<Long> nanos = new ArrayList<>();
        for (CompletableFuture<Long> answer : answers) {
            nanos.add(answer.get(20, TimeUnit.SECONDS));
        }
        return nanos;
    }

    private CompletableFuture<Use> use(ReplayMemory memory) {
        TransactionId id = new TransactionId("%016x%016x".formatted(random.nextLong(), random.nextLong()));
        Instant issued = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return memory.use(id, issued, issued.plusSeconds(60));
    }

    private static void tell(String what, List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        System.out.printf(
                "USE %s: %d, p50 %.3f ms, p99 %.3f ms, most %.3f ms%n",
                what, sorted.size(), at(sorted, 0.50), at(sorted, 0.99), at(sorted, 1));
    }

    private static double at(List<Long> sorted, double quantile) {
        return sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * quantile)) / 1e6;
    }

    private static void tellSize(EmbeddedGround ground) throws Exception {
        Map<String, Object> settings =
                ground.accessFor(Party.of(Party.Kind.SETUP)).clientSettings();
        try (Admin admin = Admin.create(settings)) {
            long bytes = admin.describeLogDirs(List.of(1)).allDescriptions().get(30, TimeUnit.SECONDS).values().stream()
                    .flatMap(dirs -> dirs.values().stream())
                    .flatMap(dir -> dir.replicaInfos().entrySet().stream())
                    .filter(replica -> replica.getKey().topic().equals(TOPIC))
                    .mapToLong(replica -> replica.getValue().size())
                    .sum();
            int records = WARM_UP + ALONE + (PER_SECOND + 1_000) * SECONDS;
            System.out.printf("USE on disk: %d bytes, %.1f a token%n", bytes, (double) bytes / records);
        }
    }
}
