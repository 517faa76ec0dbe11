package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.app.replaying.StatementReplay;
import org.callclear.app.replaying.StatementReplay.Outcome;
import org.callclear.app.settling.SettlingException;
import org.callclear.app.settling.Statements;
import org.callclear.app.settling.WholeTopic;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.settlement.proof.CallLine;
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
    private static final int CALLS_A_PORTION = 60;

    @TempDir
    private static Path directory;

    private static SettledMonth month;
    private static List<Statement> statements;

    @BeforeAll
    static void settle() {
        month = SettledMonth.of(20261128, CALLS_A_PORTION, directory);
        statements = month.statements();
    }

    @AfterAll
    static void stop() {
        month.close();
    }

    @Test
    void everyStatementIsEqualWhileCallsComeIn() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        List<EventfulJournal.Entry> more = EventfulJournal.portions(7, CALLS_A_PORTION).getFirst().stream()
                .filter(entry -> entry.partition() == null)
                .toList();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            while (!enough.get()) {
                month.write(more);
            }
        });
        try {
            month.replayAll(2);
        } finally {
            enough.set(true);
            writing.get(60, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void howManyWorkIsTheSame(int workers) throws Exception {
        Outcome outcome = month.replay(workers).of(longest(), statements);

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

        Outcome outcome = month.replay(2).of(forged, statements);

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
        WholeTopic.read(month.auditor(), Topic.POSTINGS, record -> {
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
                RecordProducer.open(month.ground().accessFor(Party.of(Party.Kind.SETTLEMENT)), "forger")) {
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
        month.replayAllFromArchives(2);
    }

    private static Statement longest() {
        return statements.stream()
                .max(Comparator.comparingInt(statement -> statement.getJson().remaining()))
                .orElseThrow();
    }
}
