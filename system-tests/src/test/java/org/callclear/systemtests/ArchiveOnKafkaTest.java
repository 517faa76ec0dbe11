package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.callclear.app.archive.ArchiveException;
import org.callclear.app.archive.ArchiveExport;
import org.callclear.app.archive.ArchiveLog;
import org.callclear.app.archive.ArchiveVerification;
import org.callclear.app.archive.KafkaSource;
import org.callclear.app.archive.ManifestSigner;
import org.callclear.app.archive.NumberKeys;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.schemas.wire.RecordSerializer;
import org.callclear.settlement.SettlementTopology;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.stages.RecordSerde;
import org.callclear.settlement.stages.StoreKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of a journal on a real broker, with transactions, some of them aborted, and two calendars. */
class ArchiveOnKafkaTest {
    private static final long PATIENCE_SECONDS = 60;
    private static final String JOURNAL = Topic.SETTLEMENT_JOURNAL.topic();

    private final SchemaRegistryClient registry = MemoryRegistry.open();
    private final RecordSerializer serializer = new RecordSerializer(registry);

    @TempDir
    Path directory;

    @Test
    void theJournalOutOfArchivesIsTheJournalThatKafkaHadWhenKafkaHasItNoMore() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        try (LocalBroker broker = LocalBroker.start(directory.resolve("broker"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            produce(broker);
            Map<TopicPartition, Long> ends = ends(admin);
            List<String> kafka = journal(broker);

            export(broker, "2026-11", pair);
            export(broker, "2026-12", pair);

            assertThat(ends(admin)).isEqualTo(ends);
            assertThat(admin.listGroups().all().get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isEmpty();
            assertThat(ArchiveVerification.of(archives(), pair.getPublic(), line -> {})
                            .faults())
                    .isEmpty();
            Map<TopicPartition, RecordsToDelete> all =
                    new TreeMap<>(java.util.Comparator.comparing(TopicPartition::toString));
            ends.forEach((at, end) -> all.put(at, RecordsToDelete.beforeOffset(end)));
            admin.deleteRecords(all).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertWhatIsGoneIsNotReadAsNothing(broker, ends.getOrDefault(new TopicPartition(JOURNAL, 0), 0L));
            List<String> archived = new ArrayList<>();
            try (NumberKeys keys = NumberKeys.read(directory.resolve("keys.json"))) {
                ArchiveLog log = ArchiveLog.open(archives(), keys);
                assertThat(log.partitions()).isEqualTo(Catalogue.CALL_PARTITIONS);
                for (int partition = 0; partition < log.partitions(); partition++) {
                    int at = partition;
                    log.read(
                            partition,
                            log.begin(partition),
                            log.end(partition),
                            (offset, timestamp, record) ->
                                    archived.add(shown(at, offset, timestamp, serializer.serialize(JOURNAL, record))));
                }
            }
            assertThat(archived).isEqualTo(kafka).hasSizeGreaterThan(500);
            assertStatementsAreTheSameWithoutTheKeys();
        }
    }

    private void assertWhatIsGoneIsNotReadAsNothing(LocalBroker broker, long end) {
        KafkaAccess access = new KafkaAccess(broker.address(), "http://127.0.0.1:1", null);
        try (KafkaSource source = new KafkaSource(access, registry)) {
            assertThatThrownBy(() -> source.read(JOURNAL, 0, 1, end, record -> true))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining(JOURNAL
                            + " partition 0: is to be read from offset 1, and the first offset there is " + end);
        }
    }

    /** The job settles what one partition has, with the numbers and with nothing but ciphertext. */
    private void assertStatementsAreTheSameWithoutTheKeys() throws IOException {
        List<String> clear;
        try (NumberKeys keys = NumberKeys.read(directory.resolve("keys.json"))) {
            clear = statements(ArchiveLog.open(archives(), keys));
        }
        Files.delete(directory.resolve("keys.json"));
        List<String> erased = statements(ArchiveLog.open(archives(), null));

        assertThat(erased).isEqualTo(clear).hasSizeGreaterThan(5);
        assertThat(clear.toString()).contains("DURATION_MISMATCH");
    }

    private List<String> statements(ArchiveLog log) throws IOException {
        Properties settings = new Properties();
        settings.put("application.id", "archive");
        settings.put("bootstrap.servers", "none:1");
        settings.put("statestore.cache.max.bytes", 0L);
        settings.put("state.dir", Files.createTempDirectory(directory, "state").toString());
        Serde<SpecificRecord> records = RecordSerde.of(registry);
        try (TopologyTestDriver driver = new TopologyTestDriver(
                new SettlementTopology(records, StoreKind.IN_MEMORY, Duration.ofMinutes(5), 1).build(), settings)) {
            TestInputTopic<String, SpecificRecord> input =
                    driver.createInputTopic(JOURNAL, new StringSerializer(), records.serializer());
            log.read(
                    0,
                    log.begin(0),
                    log.end(0),
                    (offset, timestamp, record) -> input.pipeInput(
                            record instanceof PeriodBarrier ? "barrier" : String.valueOf(callId(record)),
                            record instanceof PeriodBarrier barrier
                                    ? PeriodBarrier.newBuilder(barrier)
                                            .setPartitions(1)
                                            .build()
                                    : record));
            driver.advanceWallClockTime(Duration.ofMinutes(1));
            return driver
                    .createOutputTopic("statement-drafts", new StringDeserializer(), records.deserializer())
                    .readValuesToList()
                    .stream()
                    .map(draft -> StandardCharsets.UTF_8
                            .decode(((StatementDraft) draft).getJson().duplicate())
                            .toString())
                    .toList();
        }
    }

    private static Object callId(SpecificRecord record) {
        return record instanceof AcceptedCdr accepted
                ? accepted.getCdr().getCallId()
                : record.get(
                        record.getSchema().getField("callId") == null
                                ? record.getSchema().getField("currency").pos()
                                : record.getSchema().getField("callId").pos());
    }

    private Path archives() {
        return directory.resolve("archives");
    }

    private void export(LocalBroker broker, String period, KeyPair pair) {
        KafkaAccess access = new KafkaAccess(broker.address(), "http://127.0.0.1:1", null);
        try (KafkaSource source = new KafkaSource(access, registry);
                NumberKeys keys = NumberKeys.change(directory.resolve("keys.json"))) {
            new ArchiveExport(source, keys, signer(pair), Clock.systemUTC(), line -> {})
                    .run(Period.parse(period).orElseThrow(), archives());
        }
    }

    private static ManifestSigner signer(KeyPair pair) {
        return new ManifestSigner() {
            @Override
            public String keyId() {
                return "statements-1";
            }

            @Override
            public byte[] sign(byte[] content) {
                try {
                    Signature signature = Signature.getInstance("Ed25519");
                    signature.initSign(pair.getPrivate());
                    signature.update(content);
                    return signature.sign();
                } catch (java.security.GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    /** Every third transaction is written twice, and the first time aborted. */
    private void produce(LocalBroker broker) {
        try (Producer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.address(), "transactional.id", "journal"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            int number = 0;
            for (List<EventfulJournal.Entry> portion : EventfulJournal.portions(3, 40)) {
                if (number++ % 3 == 0) {
                    producer.beginTransaction();
                    send(producer, portion);
                    producer.flush();
                    producer.abortTransaction();
                }
                producer.beginTransaction();
                send(producer, portion);
                producer.commitTransaction();
            }
        }
    }

    private void send(Producer<String, byte[]> producer, List<EventfulJournal.Entry> portion) {
        for (EventfulJournal.Entry entry : portion) {
            var unused = producer.send(new ProducerRecord<>(
                    JOURNAL, entry.partition(), entry.key(), serializer.serialize(JOURNAL, entry.record())));
        }
    }

    private static Map<TopicPartition, Long> ends(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> asked = new TreeMap<>(java.util.Comparator.comparing(TopicPartition::toString));
        for (int partition = 0; partition < Catalogue.CALL_PARTITIONS; partition++) {
            asked.put(new TopicPartition(JOURNAL, partition), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new TreeMap<>(java.util.Comparator.comparing(TopicPartition::toString));
        admin.listOffsets(asked)
                .all()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .forEach((at, end) -> ends.put(at, end.offset()));
        return ends;
    }

    /** What is committed, up to the last barrier, which closes 2026-12. */
    private List<String> journal(LocalBroker broker) {
        List<String> all = new ArrayList<>();
        KafkaAccess access = new KafkaAccess(broker.address(), "http://127.0.0.1:1", null);
        try (KafkaSource source = new KafkaSource(access, registry)) {
            source.reaches(JOURNAL).forEach((partition, reach) -> {
                List<String> records = new ArrayList<>();
                int[] barrier = {0};
                source.read(JOURNAL, partition, 0, reach.end(), record -> {
                    records.add(shown(partition, record.offset(), record.timestamp(), record.value()));
                    if ("barrier".equals(new String(record.key(), StandardCharsets.UTF_8))) {
                        barrier[0] = records.size();
                    }
                    return true;
                });
                all.addAll(records.subList(0, barrier[0]));
            });
        }
        return all;
    }

    private static String shown(int partition, long offset, long timestamp, byte[] value) {
        return partition + " " + offset + " " + timestamp + " " + HexFormat.of().formatHex(value);
    }
}
