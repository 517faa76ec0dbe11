package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordSerializer;
import org.callclear.settlement.seal.Sealer;
import org.callclear.settlement.seal.StatementSeal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drafts on a real broker become statements once each, whatever happens to whoever seals them. */
@SuppressWarnings("NullAway.Init") // JUnit's
class SealingOnKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static EmbeddedGround ground;

    @TempDir
    Path directory;

    private final Books books = new Books(20261128);
    private final TestSigner signer = new TestSigner();
    private final List<StatementDraft> drafts = new ArrayList<>();
    private KafkaAccess settlement;
    private Records records;
    private Producer<String, SpecificRecord> job;

    @BeforeAll
    static void startGround(@TempDir Path data) {
        ground = EmbeddedGround.start(data.resolve("data"));
    }

    @AfterAll
    static void stopGround() {
        ground.close();
    }

    @BeforeEach
    void start() throws Exception {
        ground.empty();
        settlement = ground.accessFor(Party.of(Party.Kind.SETTLEMENT));
        records = new Records(ground, Topic.STATEMENTS.pattern().asMatchPredicate());
        job = transactional(Catalogue.SETTLEMENT_APPLICATION + "-test");
    }

    @AfterEach
    void stop() {
        job.close(Duration.ZERO);
        records.close();
    }

    @Test
    void twoCalendarsLateEntriesAndRestartsMakeOneUnbrokenChainForEachCarrier() {
        entries(40, "2026-10", "2026-10-30");
        entries(30, "2026-10", "2026-10-31");
        try (Sealer first = sealer("first")) {
            draft("lumen", "2026-10-30");
            entries(20, "2026-10", "2026-10-31");
            awaitStatements(first);
            draft("lumen", "2026-10-31");
            awaitStatements(first);
        }
        // While nobody seals, a month and a day end; what belongs to the next ones stands among theirs.
        entries(25, "2026-11", "2026-11-01");
        draft("acme", "2026-10");
        draft("zenith", "2026-10");
        entries(25, "2026-11", "2026-11-02");
        draft("lumen", "2026-11-01");
        try (Sealer second = sealer("second")) {
            awaitStatements(second);
            draft("acme", "2026-11");
            draft("lumen", "2026-11-02");
            draft("zenith", "2026-11");
            awaitStatements(second);
        }

        assertEachIsSealedOnceOverItsLines();
    }

    @Test
    void whatWasPublishedWhenItDiedIsNotPublishedAgain() {
        entries(10, "2026-10", "2026-10-30");
        draft("lumen", "2026-10-30");
        try (Sealer first = sealer("first")) {
            awaitStatements(first);
        }
        // Its place is lost, as after a week without one.
        forgetTheGroup();
        try (Sealer second = sealer("second")) {
            entries(5, "2026-10", "2026-10-31");
            draft("lumen", "2026-10-31");
            awaitStatements(second);
        }

        assertEachIsSealedOnceOverItsLines();
    }

    @Test
    void aStatementThatWasWrittenAndNotCommittedWhenItDiedNeverWas() throws Exception {
        entries(10, "2026-10", "2026-10-30");
        draft("lumen", "2026-10-30");
        try (Producer<String, SpecificRecord> dead = transactional(Catalogue.SEAL_GROUP)) {
            dead.beginTransaction();
            dead.send(new ProducerRecord<>(
                            Topic.STATEMENTS.of(World.LUMEN), "lumen-2026-10-30-1", torn("lumen-2026-10-30-1")))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

            try (Sealer next = sealer("next")) {
                awaitStatements(next);
            }
        }

        assertEachIsSealedOnceOverItsLines();
    }

    @Test
    void ofTwoInstancesOneSealsAndTheOtherTakesOver() {
        entries(10, "2026-10", "2026-10-30");
        try (Sealer one = sealer("one");
                Sealer other = sealer("other")) {
            draft("lumen", "2026-10-30");
            awaitStatements(one);
            one.close();
            entries(10, "2026-10", "2026-10-31");
            draft("acme", "2026-10");
            draft("lumen", "2026-10-31");
            awaitStatements(other);
        }

        assertEachIsSealedOnceOverItsLines();
    }

    @Test
    void withoutAKeyStatementsWaitAndNoneIsLost() {
        signer.hasKey(false);
        entries(10, "2026-10", "2026-10-30");
        draft("lumen", "2026-10-30");
        draft("acme", "2026-10");
        try (Sealer sealer = sealer("one")) {
            await().during(Duration.ofSeconds(3))
                    .atMost(PATIENCE)
                    .until(() -> statements().isEmpty());
            signer.hasKey(true);
            awaitStatements(sealer);
        }

        assertEachIsSealedOnceOverItsLines();
    }

    @Test
    void entriesInAnOpenTransactionAreWaitedFor() {
        try (Producer<String, SpecificRecord> slow = transactional(Catalogue.SETTLEMENT_APPLICATION + "-slow");
                Sealer sealer = sealer("one")) {
            slow.beginTransaction();
            send(slow, Topic.POSTINGS, books.entry("acme", "2026-10", "lumen", "2026-10-30"));
            slow.flush();
            draft("lumen", "2026-10-30");
            await().during(Duration.ofSeconds(3))
                    .atMost(PATIENCE)
                    .until(() -> statements().isEmpty());
            slow.commitTransaction();
            awaitStatements(sealer);
        }

        assertEachIsSealedOnceOverItsLines();
    }

    @Test
    void aDraftThatCannotBeSealedIsNotPassedOver() {
        entries(10, "2026-10", "2026-10-30");
        draft("acme", "2026-10");
        try (Sealer sealer = sealer("one")) {
            awaitStatements(sealer);
            commit(List.of(Books.draft("lumen", "2026-10-31", 2)), Topic.STATEMENT_DRAFTS);
            commit(List.of(Books.draft("acme", "2026-11", 2)), Topic.STATEMENT_DRAFTS);

            assertThatThrownBy(() -> sealer.ended().get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .hasMessageContaining("draft lumen-2026-10-31-2: statement 1 of lumen was never published");
        }
        assertEachIsSealedOnceOverItsLines();
    }

    private Sealer sealer(String name) {
        return Sealer.start(settlement, directory.resolve(name), signer);
    }

    /** Calls from acme, whose periods are months, to zenith and lumen, whose periods are months and days. */
    private void entries(int count, String month, String day) {
        List<LedgerEntry> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(
                    i % 2 == 0
                            ? books.entry("acme", month, "zenith", month)
                            : books.entry("acme", month, "lumen", day));
        }
        commit(some, Topic.POSTINGS);
    }

    private void draft(String carrier, String period) {
        StatementDraft draft = books.draft(carrier, period);
        drafts.add(draft);
        commit(List.of(draft), Topic.STATEMENT_DRAFTS);
    }

    private void commit(List<? extends SpecificRecord> all, Topic topic) {
        job.beginTransaction();
        all.forEach(record -> send(job, topic, record));
        job.commitTransaction();
    }

    private static void send(Producer<String, SpecificRecord> producer, Topic topic, SpecificRecord value) {
        String key = value instanceof LedgerEntry entry ? entry.getCallId() : ((StatementDraft) value).getCarrier();
        var unused = producer.send(new ProducerRecord<>(topic.topic(), key, value));
    }

    private Producer<String, SpecificRecord> transactional(String id) {
        Map<String, Object> settings = settlement.clientSettings();
        settings.put("transactional.id", id);
        Producer<String, SpecificRecord> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new RecordSerializer(settlement.registry()));
        producer.initTransactions();
        return producer;
    }

    private void forgetTheGroup() {
        try (var admin = org.apache.kafka.clients.admin.Admin.create(
                ground.accessFor(Party.of(Party.Kind.SETUP)).clientSettings())) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                admin.deleteConsumerGroups(List.of(Catalogue.SEAL_GROUP))
                        .all()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                return true;
            });
        }
    }

    private static Statement torn(String id) {
        return new Statement(
                id,
                "lumen",
                "2026-10-30",
                1L,
                java.nio.ByteBuffer.wrap("torn".getBytes(StandardCharsets.UTF_8)),
                java.nio.ByteBuffer.allocate(32));
    }

    private List<Statement> statements() {
        return records.of(Statement.class).toList();
    }

    private void awaitStatements(Sealer sealer) {
        await().atMost(PATIENCE).until(() -> {
            if (sealer.ended().isDone()) {
                sealer.ended().get();
            }
            return statements().size() >= drafts.size();
        });
    }

    private void assertEachIsSealedOnceOverItsLines() {
        Map<String, byte[]> last = new HashMap<>();
        Map<String, Statement> published = new HashMap<>();
        statements().forEach(statement -> published.put(statement.getStatementId(), statement));
        assertThat(statements()).hasSize(drafts.size());
        assertThat(published).hasSize(drafts.size());
        for (StatementDraft draft : drafts) {
            byte[] json = Books.json(java.util.Objects.requireNonNull(published.get(draft.getStatementId())));
            byte[] previous = last.getOrDefault(draft.getCarrier(), new byte[0]);
            assertThat(text(StatementSeal.read(json).unsigned()))
                    .as(draft.getStatementId())
                    .isEqualTo(text(books.unsigned(draft, previous)));
            assertThat(signer.signed(json)).isTrue();
            last.put(draft.getCarrier(), json);
        }
        assertThat(records.placed())
                .allSatisfy(placed -> assertThat(placed.place().topic())
                        .isEqualTo(Topic.STATEMENTS.of(new CarrierId(((Statement) placed.value()).getCarrier()))));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
