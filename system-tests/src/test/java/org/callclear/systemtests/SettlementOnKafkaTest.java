package org.callclear.systemtests;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.callclear.testkit.settlement.CallStory.aCall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.settlement.Settlement;
import org.callclear.settlement.SettlementConfig;
import org.callclear.settlement.stages.StoreKind;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.Posted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settlement on a real broker, through an interruption: money is what it would have been without one. */
class SettlementOnKafkaTest {
    private static final Logger LOG = LoggerFactory.getLogger(SettlementOnKafkaTest.class);
    private static final int CALLS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** In the period that is open, and never too old. */
    private final Instant firstAnswer =
            YearMonth.now(ZoneOffset.UTC).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();

    private final String period = YearMonth.now(ZoneOffset.UTC).toString();

    private final TestSigner signer = new TestSigner();

    @TempDir
    Path directory;

    @Test
    void aRestartInTheMiddleChangesNoStatement() {
        try (EmbeddedGround ground = EmbeddedGround.start(directory.resolve("data"));
                Records records = new Records(ground, name -> true)) {
            World.publish(ground);
            List<CallStory> calls = calls(new Random(20261123));

            try (Settlement first = settlement(ground, "first")) {
                grant(ground, calls);
                report(ground, calls.subList(0, CALLS / 2), 1);
                await().atMost(PATIENCE).until(() -> settled(records) > CALLS / 8);
                assertThat(first.ended()).isNotDone();
            }
            report(ground, calls.subList(CALLS / 4, CALLS), 2);
            Instant begin = Instant.now();
            try (Settlement second = settlement(ground, "second")) {
                await().atMost(PATIENCE).until(() -> settled(records) >= CALLS);
                LOG.info("{} calls settled {} after the restart", CALLS, Duration.between(begin, Instant.now()));
                command(ground, "close-1", period);
                command(ground, "close-2", period);
                await().atMost(PATIENCE).until(() -> records.of(Statement.class).count() == 3);
                await().atMost(PATIENCE)
                        .until(() -> records.of(CommandOutcome.class).count() == 2);
                assertThat(second.ended()).isNotDone();
            }

            assertEachCallSettledOnce(records);
            assertStatementsTellTheSameAsThePostings(records, calls);
            assertTheJournalHasOneBarrierOfAKindInEachPartition(records);
            assertThat(records.of(RejectedRecord.class)).isEmpty();
            assertThat(records.of(CommandOutcome.class)
                            .collect(Collectors.toMap(CommandOutcome::getCommandId, CommandOutcome::getOutcome)))
                    .isEqualTo(Map.of("close-1", OutcomeKind.ACCEPTED, "close-2", OutcomeKind.REFUSED));
        }
    }

    private static void assertEachCallSettledOnce(Records records) {
        assertThat(settled(records)).isEqualTo(CALLS);
        assertThat(records.of(ReconciledCall.class)
                        .map(ReconciledCall::getCallId)
                        .distinct())
                .hasSize(CALLS);
        assertThat(records.postings(CALLS))
                .filteredOn(posting -> posting.kind() != PostingKind.SUSPENSE)
                .hasSize(3 * CALLS);
        assertThat(records.postings().map(Posted::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(BigDecimal.ZERO);
    }

    private void assertStatementsTellTheSameAsThePostings(Records records, List<CallStory> calls) {
        Map<String, JsonNode> statements = new TreeMap<>();
        records.of(Statement.class).forEach(statement -> statements.put(statement.getCarrier(), tree(statement)));
        BigDecimal owed = sum(records, "carrier:acme");
        assertThat(statements).containsOnlyKeys("acme", "lumen", "zenith");
        assertThat(new BigDecimal(requireNonNull(statements.get("acme"))
                        .at("/trailer/totals/0/owed")
                        .asText()))
                .isEqualByComparingTo(owed);
        assertThat(requireNonNull(statements.get("acme"))
                        .at("/trailer/originating/calls")
                        .asInt())
                .isEqualTo(calls.size());
        assertThat(new BigDecimal(requireNonNull(statements.get("zenith"))
                        .at("/trailer/totals/0/due")
                        .asText()))
                .isEqualByComparingTo(sum(records, "carrier:zenith").negate());
        assertThat(requireNonNull(statements.get("acme")).at("/header/log_positions"))
                .hasSize(Catalogue.CALL_PARTITIONS);
        assertThat(requireNonNull(statements.get("acme"))
                        .at("/trailer/call_lines/leaves")
                        .asInt())
                .isEqualTo(calls.size());
        assertThat(records.of(Statement.class)).allMatch(statement -> signer.signed(bytes(statement)));
    }

    private static void assertTheJournalHasOneBarrierOfAKindInEachPartition(Records records) {
        await().atMost(PATIENCE).until(() -> records.of(PeriodBarrier.class).count() >= 2 * Catalogue.CALL_PARTITIONS);
        assertThat(records.of(PeriodBarrier.class).filter(barrier -> barrier.getCloses() == null))
                .hasSize(Catalogue.CALL_PARTITIONS);
        assertThat(records.of(PeriodBarrier.class)).hasSize(2 * Catalogue.CALL_PARTITIONS);
    }

    private static BigDecimal sum(Records records, String account) {
        return records.postings()
                .filter(posting -> posting.account().equals(account))
                .map(Posted::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static long settled(Records records) {
        return records.of(ReconciledCall.class)
                .filter(call -> call.getSettledMillis() != null)
                .count();
    }

    private List<CallStory> calls(Random random) {
        List<CallStory> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(aCall("call-" + i)
                    .from("acme")
                    .to(random.nextBoolean() ? "zenith" : "lumen")
                    .answeredAt(firstAnswer.plusSeconds(i))
                    .talkedMillis(1_000L + random.nextInt(200_000), 1_000L + random.nextInt(200_000)));
        }
        return calls;
    }

    private static void grant(Ground ground, List<CallStory> calls) {
        try (Producer<String, SpecificRecord> clearinghouse = producer(ground, Party.of(Party.Kind.CLEARINGHOUSE))) {
            calls.forEach(call -> send(clearinghouse, Topic.SETTLEMENT_JOURNAL.topic(), call.callId(), call.grant()));
        }
    }

    /** Both sides of each call report it so many times, in no order. */
    private static void report(Ground ground, List<CallStory> calls, int times) {
        List<CallStory> shuffled = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            shuffled.addAll(calls);
        }
        Collections.shuffle(shuffled, new Random(7));
        try (Producer<String, SpecificRecord> acme = producer(ground, Party.proxyOf(World.ACME));
                Producer<String, SpecificRecord> zenith = producer(ground, Party.gateway(World.ZENITH_1));
                Producer<String, SpecificRecord> lumen = producer(ground, Party.gateway(World.LUMEN_1))) {
            for (CallStory call : shuffled) {
                send(acme, Topic.CDRS.of(World.ACME), call.callId(), call.originating());
                boolean toZenith = "zenith".equals(call.terminating().getTerminatingCarrier());
                send(
                        toZenith ? zenith : lumen,
                        Topic.CDRS.of(toZenith ? World.ZENITH : World.LUMEN),
                        call.callId(),
                        call.terminating());
            }
        }
    }

    private static void command(Ground ground, String id, String period) {
        try (Producer<String, SpecificRecord> admin = producer(ground, Party.of(Party.Kind.ADMINISTRATION))) {
            send(
                    admin,
                    Topic.COMMANDS.topic(),
                    period,
                    ClosePeriod.newBuilder()
                            .setCommandId(id)
                            .setPeriod(period)
                            .setRequestedBy("test")
                            .setRequestedAt(Instant.now())
                            .setReason("test")
                            .setEarly(true)
                            .build());
        }
    }

    private static Producer<String, SpecificRecord> producer(Ground ground, Party party) {
        return RecordProducer.open(ground.accessFor(party), "test-" + party);
    }

    private static void send(
            Producer<String, SpecificRecord> producer, String topic, String key, SpecificRecord value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, value));
    }

    private Settlement settlement(Ground ground, String stateDirectory) {
        return Settlement.start(
                new SettlementConfig(
                        ground.accessFor(Party.of(Party.Kind.SETTLEMENT)),
                        directory.resolve(stateDirectory),
                        PeriodLength.MONTH,
                        ZoneOffset.UTC,
                        2,
                        Duration.ofMillis(100),
                        StoreKind.ON_DISK),
                signer);
    }

    private static JsonNode tree(Statement statement) {
        try {
            return new ObjectMapper().readTree(bytes(statement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Statement statement) {
        byte[] json = new byte[statement.getJson().remaining()];
        statement.getJson().duplicate().get(json);
        return json;
    }
}
