package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.app.archive.ArchiveExport;
import org.callclear.app.archive.KafkaSource;
import org.callclear.app.archive.NumberKeys;
import org.callclear.app.replaying.Progress;
import org.callclear.app.replaying.ReplaySource;
import org.callclear.app.replaying.StatementReplay;
import org.callclear.app.replaying.StatementReplay.Outcome;
import org.callclear.app.settling.SettlingException;
import org.callclear.app.settling.Statements;
import org.callclear.app.settling.WholeTopic;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.settlement.Settlement;
import org.callclear.settlement.SettlementConfig;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.proof.CallLine;
import org.callclear.settlement.stages.StoreKind;
import org.callclear.settlement.statement.CoveredPeriods;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that settlement made and sealed on a real broker, of a journal in which everything happens, computed again. */
@SuppressWarnings("NullAway.Init") // JUnit's
class ReplayOnKafkaTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CALLS_A_PORTION = 60;
    private static final List<String> ARCHIVED = List.of("2026-11", "2026-12");

    @TempDir
    private static Path directory;

    private static EmbeddedGround ground;
    private static Settlement settlement;
    private static KafkaAccess auditor;
    private static List<Statement> statements;

    @BeforeAll
    static void settle() throws Exception {
        ground = EmbeddedGround.start(directory.resolve("data"));
        World.publish(ground);
        auditor = ground.accessFor(Party.of(Party.Kind.ADMINISTRATION));
        write(EventfulJournal.portions(20261128, CALLS_A_PORTION).stream()
                .flatMap(List::stream)
                .toList());
        settlement = Settlement.start(
                new SettlementConfig(
                        ground.accessFor(Party.of(Party.Kind.SETTLEMENT)),
                        directory.resolve("state"),
                        PeriodLength.MONTH,
                        ZoneOffset.UTC,
                        2,
                        Duration.ofMillis(100),
                        StoreKind.IN_MEMORY),
                new TestSigner());
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> Statements.all(auditor).size() >= EventfulJournal.STATEMENTS);
        statements = Statements.all(auditor);
    }

    @AfterAll
    static void stop() {
        settlement.close();
        ground.close();
    }

    @Test
    void everyStatementIsEqualWhileCallsComeIn() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        List<EventfulJournal.Entry> more = EventfulJournal.portions(7, CALLS_A_PORTION).getFirst().stream()
                .filter(entry -> entry.partition() == null)
                .toList();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                write(more);
            }
        });
        try {
            for (Statement statement : statements) {
                Outcome outcome = replay(2).of(statement, statements);
                assertThat(outcome.difference()).as(statement.getStatementId()).isEmpty();
                assertThat(outcome.records()).isPositive();
            }
        } finally {
            enough.set(true);
            writing.get(60, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void howManyWorkIsTheSame(int workers) throws Exception {
        Outcome outcome = replay(workers).of(longest(), statements);

        assertThat(outcome.isEqual()).isTrue();
        assertThat(outcome.leaves()).isPositive();
    }

    @Test
    void anAmountThatSomebodyChangedIsNamedWithBothValuesAndSoIsTheEntry() throws Exception {
        Statement statement = longest();
        String json = new String(Statements.json(statement), StandardCharsets.UTF_8);
        String amount = json.replaceFirst("(?s)^.*?\"amount\":\"([^\"]+)\".*$", "$1");
        Statement forged = Statement.newBuilder(statement)
                .setJson(ByteBuffer.wrap(json.replaceFirst("\"amount\":\"[^\"]+\"", "\"amount\":\"98765.43\"")
                        .getBytes(StandardCharsets.UTF_8)))
                .build();
        LedgerEntry altered = anotherAmount(statement);

        Outcome outcome = replay(2).of(forged, statements);

        assertThat(outcome.difference().orElseThrow().path()).endsWith("[0].amount");
        assertThat(outcome.difference().orElseThrow().published()).isEqualTo("\"98765.43\"");
        assertThat(outcome.difference().orElseThrow().replayed()).isEqualTo("\"" + amount + "\"");
        assertThat(outcome.line().orElseThrow().entryId()).isEqualTo(altered.getEntryId());
        assertThat(outcome.line().orElseThrow().published()).contains("77.000000");
        assertThat(outcome.line().orElseThrow().replayed()).isNotEmpty().doesNotContain("77.000000");
        assertThat(outcome.line().orElseThrow().offset()).isNotNull();
    }

    /** Appends one of the statement's entries to the postings once more, with other amounts. */
    private static LedgerEntry anotherAmount(Statement statement) throws Exception {
        List<LedgerEntry> found = new ArrayList<>();
        WholeTopic.read(auditor, Topic.POSTINGS, record -> {
            if (found.isEmpty()
                    && record instanceof LedgerEntry entry
                    && CallLine.of(entry, statement.getCarrier(), CoveredPeriods.only(statement.getPeriod()))
                            .isPresent()) {
                found.add(LedgerEntry.newBuilder(entry)
                        .setPostings(entry.getPostings().stream()
                                .map(posting -> Posting.newBuilder(posting)
                                        .setAmount(new BigDecimal("77.000000"))
                                        .build())
                                .toList())
                        .build());
            }
        });
        try (Producer<String, SpecificRecord> producer =
                RecordProducer.open(ground.accessFor(Party.of(Party.Kind.SETTLEMENT)), "forger")) {
            producer.send(new ProducerRecord<>(
                            Topic.POSTINGS.topic(), found.getFirst().getCallId(), found.getFirst()))
                    .get(60, TimeUnit.SECONDS);
        }
        return found.getFirst();
    }

    @Test
    void anEngineOfAnotherReleaseIsRefusedByName() {
        Statement statement = longest();
        String json = new String(Statements.json(statement), StandardCharsets.UTF_8)
                .replace("callclear-settlement/5", "callclear-settlement/4");
        Statement old = Statement.newBuilder(statement)
                .setJson(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)))
                .build();

        assertThatThrownBy(() -> StatementReplay.view(old))
                .isInstanceOf(SettlingException.class)
                .hasMessageContaining("engine callclear-settlement/4: this release replays callclear-settlement/5");
    }

    /** Journal, statements and postings out of archives, and the key to the numbers destroyed: the same statements. */
    @Test
    void statementsReplayFromArchivesWithoutKafkaAndWithoutNumbers() throws Exception {
        Path archives = directory.resolve("archives");
        Path keyFile = directory.resolve("number-keys.json");
        try (KafkaSource source = new KafkaSource(auditor, auditor.registry());
                NumberKeys keys = NumberKeys.change(keyFile)) {
            ArchiveExport export =
                    new ArchiveExport(source, keys, new TestSigner().ofManifests(), Clock.systemUTC(), line -> {});
            for (String period : ARCHIVED) {
                export.run(Period.parse(period).orElseThrow(), archives);
            }
        }
        Files.delete(keyFile);
        ReplaySource archived = ReplaySource.in(archives);
        List<Statement> all = archived.statements();

        int replayed = 0;
        for (Statement statement : all) {
            if (ARCHIVED.contains(statement.getPeriod())) {
                Outcome outcome = new StatementReplay(archived, 2, new Progress(line -> {})).of(statement, all);
                assertThat(outcome.difference()).as(statement.getStatementId()).isEmpty();
                replayed++;
            }
        }
        assertThat(replayed).isGreaterThanOrEqualTo(2 * ARCHIVED.size());
    }

    private static StatementReplay replay(int workers) {
        return new StatementReplay(ReplaySource.in(auditor), workers, new Progress(line -> {}));
    }

    private static Statement longest() {
        return statements.stream()
                .max(Comparator.comparingInt(statement -> statement.getJson().remaining()))
                .orElseThrow();
    }

    private static void write(List<EventfulJournal.Entry> entries) {
        try (Producer<String, SpecificRecord> journal =
                RecordProducer.open(ground.accessFor(Party.of(Party.Kind.CLEARINGHOUSE)), "test-journal")) {
            for (EventfulJournal.Entry entry : entries) {
                var unused = journal.send(new ProducerRecord<>(
                        Topic.SETTLEMENT_JOURNAL.topic(), entry.partition(), entry.key(), entry.record()));
            }
        }
    }
}
