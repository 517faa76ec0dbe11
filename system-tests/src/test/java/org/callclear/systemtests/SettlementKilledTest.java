package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.schemas.wire.RecordSerializer;
import org.callclear.systemtests.CommittedLog.Ends;
import org.callclear.systemtests.EventfulJournal.Entry;
import org.callclear.testkit.settlement.Posted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream job as a process of its own, killed with SIGKILL six times in the middle of its work. */
class SettlementKilledTest {
    private static final Logger LOG = LoggerFactory.getLogger(SettlementKilledTest.class);
    private static final long SEED = 20261123;
    private static final int CALLS_A_PORTION = 400;
    private static final int KILLS = 6;
    private static final List<Integer> WIPED_AFTER = List.of(2, 5);
    private static final int MOST_ENTRIES = 230;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> DRAFTS = List.of(Topic.STATEMENT_DRAFTS.topic());

    @TempDir
    Path directory;

    @Test
    void afterEveryKillTheBooksBalanceAndInTheEndNoStatementTellsOfIt() throws Exception {
        List<List<Entry>> portions = EventfulJournal.portions(SEED, CALLS_A_PORTION);
        try (LocalBroker broker = LocalBroker.start(directory.resolve("broker"));
                CommittedLog postings = CommittedLog.of(broker, List.of(Topic.POSTINGS.topic()));
                CommittedLog statements = CommittedLog.of(broker, DRAFTS)) {
            killSixTimes(broker, postings, portions);
            Ends killed = postings.ends();
            Ends closed = statements.ends();
            postings.readTo(killed, PATIENCE);
            statements.readTo(closed, PATIENCE);
            settleUnkilled(broker, statements);
            Ends both = postings.ends();
            Ends all = statements.ends();
            postings.readTo(both, PATIENCE);
            statements.readTo(all, PATIENCE);

            List<LedgerEntry> books = postings.of(LedgerEntry.class, killed);
            assertBalanced(books);
            assertThat(postings.torn(killed))
                    .as("records of transactions that a kill tore")
                    .isPositive();
            assertThat(texts(postings.between(LedgerEntry.class, killed, both))).isEqualTo(texts(books));
            List<StatementDraft> told = statements.of(StatementDraft.class, closed);
            assertThat(byId(told)).hasSize(EventfulJournal.STATEMENTS);
            assertThat(byId(statements.between(StatementDraft.class, closed, all)))
                    .isEqualTo(byId(told));
        }
    }

    private void killSixTimes(LocalBroker broker, CommittedLog postings, List<List<Entry>> portions) throws Exception {
        Random random = new Random(SEED);
        ChildProcess victim = victim(broker);
        try {
            for (int kill = 1; kill <= KILLS; kill++) {
                write(broker, portions.get(kill - 1));
                postings.awaitWritten(1 + random.nextInt(MOST_ENTRIES), PATIENCE, victim::requireAlive);
                victim.close();
                Ends ends = postings.ends();
                if (WIPED_AFTER.contains(kill)) {
                    delete(directory.resolve("state"));
                }
                victim = victim(broker); // works on while one reads what the one before it left
                postings.readTo(ends, PATIENCE);
                LOG.info("kill {}: {} records torn so far", kill, postings.torn(ends));
                assertBalanced(postings.of(LedgerEntry.class, ends));
            }
            write(broker, portions.get(KILLS));
            awaitStatements(broker, EventfulJournal.STATEMENTS, victim::requireAlive);
        } finally {
            victim.close();
        }
    }

    private static void awaitStatements(LocalBroker broker, int count, Runnable meanwhile) {
        try (CommittedLog statements = CommittedLog.of(broker, DRAFTS)) {
            statements.awaitCommitted(count, PATIENCE, meanwhile);
        }
    }

    /** Another application over the same journal, which nobody disturbs; it writes behind what stands there. */
    private void settleUnkilled(LocalBroker broker, CommittedLog statements) {
        try (KafkaStreams unkilled = SettlementVictim.job(
                broker.address(), Catalogue.SETTLEMENT_APPLICATION + "-unkilled", directory.resolve("unkilled"))) {
            unkilled.start();
            statements.awaitCommitted(2 * EventfulJournal.STATEMENTS, PATIENCE, () -> {});
        }
    }

    /** In each currency and in each entry; and every entry stands there once. */
    private static void assertBalanced(List<LedgerEntry> entries) {
        assertThat(entries).extracting(LedgerEntry::getEntryId).doesNotHaveDuplicates();
        List<Posted> postings = entries.stream().flatMap(Posted::of).toList();
        assertThat(sums(postings, Posted::currency))
                .isNotEmpty()
                .allSatisfy((currency, sum) -> assertThat(sum).isEqualByComparingTo("0"));
        assertThat(sums(postings, posting -> posting.entryId() + " " + posting.currency()))
                .allSatisfy((entry, sum) -> assertThat(sum).isEqualByComparingTo("0"));
    }

    private static Map<String, BigDecimal> sums(List<Posted> postings, java.util.function.Function<Posted, String> by) {
        return postings.stream()
                .collect(Collectors.groupingBy(
                        by, Collectors.reducing(BigDecimal.ZERO, Posted::amount, BigDecimal::add)));
    }

    private static Map<String, String> byId(List<StatementDraft> statements) {
        Map<String, String> byId = new TreeMap<>();
        for (StatementDraft statement : statements) {
            byId.put(
                    statement.getStatementId(),
                    java.nio.charset.StandardCharsets.UTF_8
                            .decode(statement.getJson().duplicate())
                            .toString());
        }
        return byId;
    }

    private static List<String> texts(List<LedgerEntry> entries) {
        return entries.stream().map(LedgerEntry::toString).sorted().toList();
    }

    private static void write(LocalBroker broker, List<Entry> entries) {
        AvroTrust.establish();
        // One request at a time: a broker that turns the very first away, as the topic is new, and takes the second,
        // would
        // wait for the first for ever.
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.address(), "acks", "all", "max.in.flight.requests.per.connection", 1);
        try (Producer<String, SpecificRecord> journal =
                new KafkaProducer<>(settings, new StringSerializer(), new RecordSerializer(MemoryRegistry.open()))) {
            for (Entry entry : entries) {
                var unused = journal.send(new ProducerRecord<>(
                        Topic.SETTLEMENT_JOURNAL.topic(), entry.partition(), entry.key(), entry.record()));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private ChildProcess victim(LocalBroker broker) throws IOException {
        return ChildProcess.start(
                SettlementVictim.class,
                directory,
                broker.address(),
                Catalogue.SETTLEMENT_APPLICATION,
                directory.resolve("state").toString());
    }
}
