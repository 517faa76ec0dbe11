package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
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
import org.callclear.app.settling.Statements;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.settlement.Settlement;
import org.callclear.settlement.SettlementConfig;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.stages.StoreKind;

/**
 * A month in which everything happens, settled and sealed on a real broker by a job that is closed in the middle, loses its
 * state and starts again.
 */
final class SettledMonth implements AutoCloseable {
    /** Periods that the journal closes and that archives are made of. */
    static final List<String> ARCHIVED = List.of("2026-11", "2026-12");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int FIRST_PORTIONS = 4;

    private final Path directory;
    private final EmbeddedGround ground;
    private final KafkaAccess auditor;
    private Settlement settlement;
    private List<Statement> statements = List.of();

    /** @param first what is in the journal before any job is; it opens the periods, which a job would else open for today */
    private SettledMonth(Path directory, List<EventfulJournal.Entry> first) {
        this.directory = directory;
        this.ground = EmbeddedGround.start(directory.resolve("data"));
        World.publish(ground);
        this.auditor = ground.accessFor(Party.of(Party.Kind.ADMINISTRATION));
        write(first);
        this.settlement = job("state");
    }

    /** Settles the month of that seed, with so many calls in each of its seven portions, until all statements are sealed. */
    static SettledMonth of(long seed, int calls, Path directory) {
        AvroTrust.establish();
        List<List<EventfulJournal.Entry>> portions = EventfulJournal.portions(seed, calls);
        SettledMonth month = new SettledMonth(directory, portions.getFirst());
        try {
            portions.subList(1, FIRST_PORTIONS).forEach(month::write);
            month.waitFor(1);
            month.settlement.close();
            month.settlement = month.job("state-after-restart");
            portions.subList(FIRST_PORTIONS, portions.size()).forEach(month::write);
            month.waitFor(EventfulJournal.STATEMENTS);
            month.statements = Statements.all(month.auditor);
            return month;
        } catch (RuntimeException | Error e) {
            month.close();
            throw e;
        }
    }

    EmbeddedGround ground() {
        return ground;
    }

    KafkaAccess auditor() {
        return auditor;
    }

    List<Statement> statements() {
        return statements;
    }

    void write(List<EventfulJournal.Entry> entries) {
        try (Producer<String, SpecificRecord> journal =
                RecordProducer.open(ground.accessFor(Party.of(Party.Kind.CLEARINGHOUSE)), "test-journal")) {
            for (EventfulJournal.Entry entry : entries) {
                var unused = journal.send(new ProducerRecord<>(
                        Topic.SETTLEMENT_JOURNAL.topic(), entry.partition(), entry.key(), entry.record()));
            }
        }
    }

    /** Replays that read Kafka. */
    StatementReplay replay(int workers) {
        return new StatementReplay(ReplaySource.in(auditor), workers, new Progress(line -> {}));
    }

    /** Replays each statement from Kafka; all are equal. */
    void replayAll(int workers) throws IOException {
        for (Statement statement : statements) {
            Outcome outcome = replay(workers).of(statement, statements);
            assertThat(outcome.difference()).as(statement.getStatementId()).isEmpty();
            assertThat(outcome.records()).isPositive();
        }
    }

    /** Archives both months, destroys the key to the numbers and replays each archived statement; all are equal. */
    void replayAllFromArchives(int workers) throws IOException {
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
                Outcome outcome = new StatementReplay(archived, workers, new Progress(line -> {})).of(statement, all);
                assertThat(outcome.difference()).as(statement.getStatementId()).isEmpty();
                replayed++;
            }
        }
        assertThat(replayed).isGreaterThanOrEqualTo(2 * ARCHIVED.size());
    }

    private void waitFor(int count) {
        await("statements")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> Statements.all(auditor).size() >= count);
    }

    private Settlement job(String state) {
        return Settlement.start(
                new SettlementConfig(
                        ground.accessFor(Party.of(Party.Kind.SETTLEMENT)),
                        directory.resolve(state),
                        PeriodLength.MONTH,
                        ZoneOffset.UTC,
                        2,
                        Duration.ofMillis(100),
                        StoreKind.IN_MEMORY),
                new TestSigner());
    }

    @Override
    public void close() {
        settlement.close();
        ground.close();
    }
}
