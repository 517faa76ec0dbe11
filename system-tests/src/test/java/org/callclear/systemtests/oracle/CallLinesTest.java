package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.settlement.SettlementTopology;
import org.callclear.settlement.proof.CallLine;
import org.callclear.settlement.stages.RecordSerde;
import org.callclear.settlement.stages.StoreKind;
import org.callclear.settlement.statement.CoveredPeriods;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the lines of a carrier's calls add up to is its statement: over made-up months with corrections, disputes, decisions,
 * re-rating, late records and four calendars.
 */
class CallLinesTest {
    private static final int CALLS = 2_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-10-01T00:00:00Z");

    @TempDir
    Path directory;

    private final List<StatementDraft> drafts = new ArrayList<>();
    private final List<LedgerEntry> entries = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {71, 72, 73})
    void theLinesOfAStatementAddUpToIt(long seed) throws Exception {
        settle(Journal.partitioned(MadeUpJournal.of(seed, CALLS, false).records(), 1)
                .getFirst());

        assertThat(drafts).isNotEmpty();
        long lines = 0;
        for (StatementDraft draft : drafts) {
            lines += requireEqual(draft);
        }
        assertThat(lines).as("lines of calls on statements").isGreaterThan(CALLS);
        assertThat(entries).extracting(entry -> entry.getEntryKind().name()).contains("REVERSAL", "REPLACEMENT");
    }

    private long requireEqual(StatementDraft draft) throws IOException {
        JsonNode statement = JSON.readTree(
                StandardCharsets.UTF_8.decode(draft.getJson().duplicate()).toString());
        CoveredPeriods periods = CoveredPeriods.of(draft.getPeriod(), JSON.writeValueAsBytes(statement));
        Map<String, BigDecimal> summed = new TreeMap<>();
        long lines = 0;
        for (LedgerEntry entry : entries) {
            var line = CallLine.of(entry, draft.getCarrier(), periods);
            if (line.isPresent()) {
                lines++;
                JSON.readTree(line.get().json()).path("postings").forEach(posting -> {
                    String side = posting.path("kind").asText() + " "
                            + posting.path("currency").asText();
                    add(summed, side + " amount", posting.path("amount").asText());
                    add(summed, side + " seconds", posting.path("seconds").asText());
                    add(summed, side + " billed", posting.path("billed_seconds").asText());
                });
            } else if (entry.getEntryId().startsWith(draft.getStatementId() + "/")) {
                adjust(summed, entry, draft.getCarrier(), side(entry, statement));
            }
        }
        // Nothing is posted in suspense where seconds are withheld that cost nothing.
        summed.keySet().removeIf(sum -> sum.startsWith("SUSPENSE") && !sum.endsWith("amount"));
        summed.values().removeIf(sum -> sum.signum() == 0);
        assertThat(summed).as(draft.getStatementId()).isEqualTo(told(statement));
        return lines;
    }

    /** Where a contract rounds once for each line of a statement, that rounding is posted by itself. */
    private static void adjust(Map<String, BigDecimal> summed, LedgerEntry entry, String carrier, String side) {
        entry.getPostings().stream()
                .filter(posting -> posting.getAccount().equals("carrier:" + carrier))
                .forEach(posting -> add(
                        summed,
                        side + posting.getCurrency() + " amount",
                        posting.getAmount().toString()));
    }

    /** An adjustment names the statement's line that it is of. */
    private static String side(LedgerEntry adjustment, JsonNode statement) {
        String id = adjustment.getEntryId();
        int line = Integer.parseInt(id.substring(id.lastIndexOf('/') + 1));
        return side(statement.path("lines").get(line - 1));
    }

    private static String side(JsonNode line) {
        return line.path("side").asText().equals("ORIGINATING") ? "RECEIVABLE " : "PAYABLE ";
    }

    /** The statement's lines and what is withheld, by the kind of posting that they are sums of. */
    private static Map<String, BigDecimal> told(JsonNode statement) {
        Map<String, BigDecimal> told = new TreeMap<>();
        statement.path("lines").forEach(line -> {
            boolean owed = line.path("side").asText().equals("ORIGINATING");
            String side =
                    (owed ? "RECEIVABLE " : "PAYABLE ") + line.path("currency").asText();
            BigDecimal amount = new BigDecimal(line.path("amount").asText());
            add(told, side + " amount", (owed ? amount : amount.negate()).toString());
            add(told, side + " seconds", line.path("seconds").asText());
            add(told, side + " billed", line.path("billed_seconds").asText());
        });
        statement.path("disputed").forEach(line -> {
            boolean owed = line.path("side").asText().equals("ORIGINATING");
            BigDecimal amount = new BigDecimal(line.path("amount").asText());
            add(
                    told,
                    "SUSPENSE " + line.path("currency").asText() + " amount",
                    (owed ? amount : amount.negate()).toString());
        });
        told.values().removeIf(sum -> sum.signum() == 0);
        return told;
    }

    private static void add(Map<String, BigDecimal> sums, String name, String amount) {
        sums.merge(name, new BigDecimal(amount).setScale(6), BigDecimal::add);
    }

    private void settle(List<SpecificRecord> journal) throws Exception {
        Properties settings = new Properties();
        settings.put("application.id", "call-lines");
        settings.put("bootstrap.servers", "none:1");
        settings.put("statestore.cache.max.bytes", 0L);
        settings.put("state.dir", directory.toString());
        Serde<SpecificRecord> records = RecordSerde.of(MemoryRegistry.open());
        var topology = new SettlementTopology(
                        records, StoreKind.IN_MEMORY, Duration.ofSeconds(MadeUpJournal.DELAY_WHEN_UNSAID), 1)
                .build();
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, settings, START)) {
            var input = driver.createInputTopic(
                    Topic.SETTLEMENT_JOURNAL.topic(),
                    new StringSerializer(),
                    records.serializer(),
                    START,
                    Duration.ZERO);
            for (SpecificRecord item : journal) {
                input.pipeInput(Objects.requireNonNullElse(Journal.callId(item), "barrier"), item);
            }
            driver.createOutputTopic(Topic.POSTINGS.topic(), new StringDeserializer(), records.deserializer())
                    .readValuesToList()
                    .forEach(value -> entries.add((LedgerEntry) value));
            driver.createOutputTopic(Topic.STATEMENT_DRAFTS.topic(), new StringDeserializer(), records.deserializer())
                    .readValuesToList()
                    .forEach(value -> drafts.add((StatementDraft) value));
        }
    }
}
