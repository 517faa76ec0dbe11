package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.settlement.seal.StatementSeal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What seals, as a process of its own, killed with SIGKILL in the middle of its work, again and again. */
class SealerKilledTest {
    private static final Logger LOG = LoggerFactory.getLogger(SealerKilledTest.class);
    private static final int KILLS = 3;
    private static final int DAYS_A_PORTION = 6;
    /** Drafts are gathered, their entries read and their statements committed in about half a second. */
    private static final int LONGEST_NANOS = 400_000_000;

    private static final int CALLS_A_DAY = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final Books books = new Books(20261129);
    private final List<StatementDraft> drafts = new ArrayList<>();
    private LocalDate day = LocalDate.parse("2026-10-01");

    @Test
    void afterEveryKillStatementsGoOnWhereTheyWereAndEachStandsOnce() throws Exception {
        Random random = new Random(20261129);
        try (EmbeddedGround ground = EmbeddedGround.start(directory.resolve("data"));
                Records records = new Records(ground, Topic.STATEMENTS.pattern().asMatchPredicate());
                Producer<String, SpecificRecord> job =
                        RecordProducer.open(ground.accessFor(Party.of(Party.Kind.SETTLEMENT)), "job")) {
            long pending = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                try (ChildProcess victim = victim(ground)) {
                    write(job);
                    awaitSealed(records, victim); // it serves: from now on it seals as soon as there is something
                    write(job);
                    long until = System.nanoTime() + random.nextInt(LONGEST_NANOS);
                    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
                        victim.requireAlive();
                        return System.nanoTime() > until;
                    });
                }
                long left = drafts.size() - records.of(Statement.class).count();
                LOG.info("kill {}: {} of {} drafts were not sealed", kill, left, drafts.size());
                pending += left;
            }
            assertThat(pending)
                    .as("drafts that were not sealed when a kill came")
                    .isPositive();
            try (ChildProcess last = victim(ground)) {
                awaitSealed(records, last);
            }
            assertChain(records);
        }
    }

    private void awaitSealed(Records records, ChildProcess sealer) {
        await().atMost(PATIENCE).until(() -> {
            sealer.requireAlive();
            return records.of(Statement.class).count() >= drafts.size();
        });
    }

    private void assertChain(Records records) {
        Map<String, byte[]> published = new TreeMap<>();
        records.of(Statement.class)
                .forEach(statement -> assertThat(published.put(statement.getStatementId(), Books.json(statement)))
                        .as("%s twice", statement.getStatementId())
                        .isNull());
        assertThat(published).hasSize(drafts.size());
        byte[] previous = new byte[0];
        for (StatementDraft draft : drafts) {
            byte[] json = Objects.requireNonNull(published.get(draft.getStatementId()));
            assertThat(new String(StatementSeal.read(json).unsigned(), StandardCharsets.UTF_8))
                    .isEqualTo(new String(books.unsigned(draft, previous), StandardCharsets.UTF_8));
            previous = json;
        }
    }

    /** Days, each with its calls and its draft, one after the other as fast as the broker takes them. */
    private void write(Producer<String, SpecificRecord> job) {
        for (int i = 0; i < DAYS_A_PORTION; i++) {
            String name = day.toString();
            day = day.plusDays(1);
            for (int call = 0; call < CALLS_A_DAY; call++) {
                var entry = books.entry("acme", "2026-10", "lumen", name);
                var unused = job.send(new ProducerRecord<>(Topic.POSTINGS.topic(), entry.getCallId(), entry));
            }
            job.flush();
            StatementDraft draft = books.draft("lumen", name);
            drafts.add(draft);
            var unused = job.send(new ProducerRecord<>(Topic.STATEMENT_DRAFTS.topic(), draft.getCarrier(), draft));
            job.flush();
        }
    }

    private ChildProcess victim(Ground ground) throws IOException {
        KafkaAccess access = ground.accessFor(Party.of(Party.Kind.SETTLEMENT));
        KafkaAccess.Tls tls = Objects.requireNonNull(access.tls());
        return ChildProcess.start(
                SealerVictim.class,
                directory,
                access.bootstrapServers(),
                access.registryUrl(),
                tls.trusted().toString(),
                tls.identity().toString(),
                directory.resolve("leaves").toString());
    }
}
