package org.callclear.systemtests;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Intake as a process of its own, killed with SIGKILL three times while reports come in. */
class IntakeKilledTest {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeKilledTest.class);
    private static final long SEED = 20261128;
    private static final int KILLS = 3;
    private static final int REPORTS_A_PORTION = 6_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Random random = new Random(SEED);
    private final List<String> sent = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void everyReportIsInTheJournalOrSetAsideOnce() throws Exception {
        try (EmbeddedGround ground = EmbeddedGround.start(directory.resolve("data"));
                Records records = new Records(
                        ground,
                        topic -> topic.equals(Topic.SETTLEMENT_JOURNAL.topic())
                                || topic.equals(Topic.CDR_REJECTED.topic()))) {
            KafkaAccess access = ground.accessFor(Party.of(Party.Kind.SETTLEMENT));
            ChildProcess victim = victim(access);
            try {
                for (int kill = 1; kill <= KILLS; kill++) {
                    long before = written(access);
                    report(ground);
                    long more = 1L + random.nextInt(REPORTS_A_PORTION - 1);
                    ChildProcess alive = victim;
                    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
                        alive.requireAlive();
                        return written(access) >= before + more;
                    });
                    victim.close();
                    LOG.info("kill {} when {} records of {} stood", kill, written(access), sent.size());
                    victim = victim(access);
                }
                report(ground);
                await().atMost(PATIENCE).until(() -> places(records).count() >= sent.size());
            } finally {
                victim.close();
            }
            assertThat(places(records)).containsExactlyInAnyOrderElementsOf(sent);
            assertThat(records.of(RejectedRecord.class)).isNotEmpty();
            assertThat(records.of(PeriodBarrier.class)).hasSize(Catalogue.CALL_PARTITIONS);
        }
    }

    /** Reports of two carriers; one in fifty is not fit. */
    private void report(Ground ground) throws Exception {
        List<Future<RecordMetadata>> places = new ArrayList<>();
        try (Producer<String, SpecificRecord> acme =
                        RecordProducer.open(ground.accessFor(Party.proxyOf(World.ACME)), "acme");
                Producer<String, SpecificRecord> zenith =
                        RecordProducer.open(ground.accessFor(Party.gateway(World.ZENITH_1)), "zenith")) {
            for (int i = 0; i < REPORTS_A_PORTION / 2; i++) {
                var call = aCall("call-" + sent.size() + "-" + i)
                        .to("zenith")
                        .answeredAt(Instant.now().minusSeconds(3600));
                places.add(send(acme, Topic.CDRS.of(World.ACME), call.originating()));
                places.add(send(zenith, Topic.CDRS.of(World.ZENITH), call.terminating()));
            }
        }
        for (Future<RecordMetadata> place : places) {
            RecordMetadata at = place.get();
            sent.add(place(at.topic(), at.partition(), at.offset()));
        }
    }

    private Future<RecordMetadata> send(Producer<String, SpecificRecord> to, String topic, CallDetailRecord cdr) {
        String key = random.nextInt(50) == 0 ? "another key" : cdr.getCallId();
        return to.send(new ProducerRecord<>(topic, key, cdr));
    }

    /** Where the reports stood that have come through. */
    private static Stream<String> places(Records records) {
        return Stream.concat(
                records.of(AcceptedCdr.class)
                        .map(cdr -> place(cdr.getSourceTopic(), cdr.getSourcePartition(), cdr.getSourceOffset())),
                records.of(RejectedRecord.class)
                        .map(cdr -> place(cdr.getSourceTopic(), cdr.getSourcePartition(), cdr.getSourceOffset())));
    }

    private static String place(String topic, int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }

    /** How far the journal is written, by transactions that hold and others. */
    private static long written(KafkaAccess access) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                access.clientSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> journal = consumer.partitionsFor(Topic.SETTLEMENT_JOURNAL.topic()).stream()
                    .map(found -> new TopicPartition(found.topic(), found.partition()))
                    .toList();
            return consumer.endOffsets(journal).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    private ChildProcess victim(KafkaAccess access) throws IOException {
        KafkaAccess.Tls tls = requireNonNull(access.tls());
        return ChildProcess.start(
                IntakeVictim.class,
                directory,
                access.bootstrapServers(),
                access.registryUrl(),
                tls.trusted().toString(),
                tls.identity().toString());
    }
}
