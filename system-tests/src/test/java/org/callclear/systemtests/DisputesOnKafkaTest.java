package org.callclear.systemtests;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.callclear.app.reference.ReferenceData;
import org.callclear.app.reference.ReferenceTopics;
import org.callclear.app.rerating.LeftAlone;
import org.callclear.app.rerating.RerateRun;
import org.callclear.app.rerating.Rerating;
import org.callclear.app.rerating.Scope;
import org.callclear.app.settling.DisputeBook;
import org.callclear.app.settling.DisputeCommand;
import org.callclear.app.settling.DisputeWish;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.EntryKind;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateDeckChunk;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordProducer;
import org.callclear.settlement.Settlement;
import org.callclear.settlement.SettlementConfig;
import org.callclear.settlement.stages.StoreKind;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.Posted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people decide and price anew stands in the books: taken back and replaced, in sum zero, once. */
class DisputesOnKafkaTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CONTRACT = "acme-originating";
    private final Instant answered = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);

    @TempDir
    Path directory;

    @Test
    void decisionsAndNewPricesAreReversalsAndReplacements() {
        try (EmbeddedGround ground = EmbeddedGround.start(directory.resolve("data"));
                Records records = new Records(ground, name -> true);
                Settlement settlement = settlement(ground)) {
            World.publish(ground);
            aDisputeIsSplit(ground, records);
            anImportedCallIsPricedAnew(ground, records);
            assertThat(settlement.ended()).isNotDone();
            assertThat(sum(records.postings(6))).isEqualByComparingTo("0");
        }
    }

    private void aDisputeIsSplit(Ground ground, Records records) {
        CallStory call = aCall("mismatch").answeredAt(answered).talkedMillis(60_000, 120_000);
        send(ground, Party.of(Party.Kind.CLEARINGHOUSE), Topic.SETTLEMENT_JOURNAL.topic(), call.callId(), call.grant());
        report(ground, call.originating(), call.terminating());
        await().atMost(PATIENCE).until(() -> records.of(Dispute.class).count() == 1);
        KafkaAccess admin = ground.accessFor(Party.of(Party.Kind.ADMINISTRATION));
        Dispute open = DisputeBook.read(admin).latest(call.callId() + "/1").orElseThrow();
        assertThat(open.getState()).isEqualTo("OPEN");
        assertThat(requireNonNull(open.getOrigination()).getAmount()).isEqualByComparingTo("0.012");

        DisputeWish wish = new DisputeWish(Resolution.SPLIT, null, BigDecimal.valueOf(50), "finance", "half each");
        try (DisputeCommand command = DisputeCommand.open(admin, Clock.systemUTC())) {
            assertThat(command.resolve(open, wish, PATIENCE).getOutcome()).isEqualTo(OutcomeKind.ACCEPTED);
        }

        List<Dispute> states = DisputeBook.read(admin).states(open.getDisputeId());
        assertThat(states).extracting(Dispute::getState).containsExactly("OPEN", "SPLIT");
        assertThat(states.getLast().getDecidedBy()).isEqualTo("finance");
        assertReplaced(records, call.callId(), "RESOLUTION", 3);
        assertThat(balance(records, call.callId(), "carrier:acme")).isEqualByComparingTo("0.018");
        assertThat(balance(records, call.callId(), "carrier:zenith")).isEqualByComparingTo("-0.015");
        assertThat(balance(records, call.callId(), "suspense:acme")).isEqualByComparingTo("0");
    }

    private void anImportedCallIsPricedAnew(Ground ground, Records records) {
        CallStory call = aCall("imported").answeredAt(answered);
        report(ground, imported(call.originating()), imported(call.terminating()));
        await().atMost(PATIENCE)
                .until(() -> balance(records, call.callId(), "carrier:acme").signum() != 0);
        assertThat(balance(records, call.callId(), "carrier:acme")).isEqualByComparingTo("0.012");
        KafkaAccess admin = ground.accessFor(Party.of(Party.Kind.ADMINISTRATION));
        assertThat(rerating(admin).leftAlone()).isEqualTo(Map.of(LeftAlone.SAME_PRICE, 1L));

        publishCheaperDeck(ground, admin);
        Rerating rerating = rerating(admin);
        assertThat(requireNonNull(rerating.totals().get("EUR")).difference()).isEqualByComparingTo("-0.003");
        RerateRun run = new RerateRun(
                "run-1", "finance", "the deck was wrong", Instant.now().truncatedTo(ChronoUnit.MILLIS));
        assertThat(run.send(admin, rerating, false)).isEqualTo(new RerateRun.Result(1, 0, 1, List.of(), 0));

        assertReplaced(records, call.callId(), "RERATE", 3);
        assertThat(balance(records, call.callId(), "carrier:acme")).isEqualByComparingTo("0.009");
        assertThat(rerating(admin).size()).isZero();
        assertThat(run.send(admin, rerating, true)).isEqualTo(new RerateRun.Result(0, 1, 1, List.of(), 0));
        assertThat(records.postings().filter(line -> line.callId().equals(call.callId())))
                .hasSize(9);
    }

    /** So many lines of the original, and its reversal and replacement; each entry sums to zero. */
    private static void assertReplaced(Records records, String callId, String cause, int entries) {
        Map<String, List<Posted>> byEntry = await().atMost(PATIENCE)
                .until(
                        () -> records.postings()
                                .filter(line -> line.callId().equals(callId))
                                .collect(Collectors.groupingBy(Posted::entryId)),
                        found -> found.size() == entries);
        assertThat(byEntry.values()).allSatisfy(lines -> assertThat(sum(lines)).isEqualByComparingTo("0"));
        String original = byEntry.values().stream()
                .map(List::getFirst)
                .filter(line -> line.entryKind() == EntryKind.ENTRY)
                .map(Posted::entryId)
                .collect(Collectors.joining());
        assertThat(byEntry.values())
                .extracting(List::getFirst)
                .filteredOn(line -> line.entryKind() != EntryKind.ENTRY)
                .allSatisfy(line -> {
                    assertThat(line.refersTo()).isEqualTo(original);
                    assertThat(line.cause()).isEqualTo(cause);
                    assertThat(line.commandId()).isNotEmpty();
                })
                .extracting(Posted::entryKind)
                .containsExactlyInAnyOrder(EntryKind.REVERSAL, EntryKind.REPLACEMENT);
    }

    private Rerating rerating(KafkaAccess admin) {
        ReferenceData known = ReferenceTopics.read(admin);
        Contract contract = requireNonNull(known.contracts().get(CONTRACT));
        return Rerating.read(
                admin,
                new Scope(
                        contract,
                        requireNonNull(known.decks().get(contract.getDeck())).rates(),
                        answered,
                        answered.plusMillis(1),
                        false));
    }

    private static void publishCheaperDeck(Ground ground, KafkaAccess admin) {
        List<RateRow> rows = requireNonNull(ReferenceTopics.read(admin).decks().get(CONTRACT)).rows().stream()
                .map(row -> RateRow.newBuilder(row)
                        .setRatePerMinute(new BigDecimal("0.009000"))
                        .build())
                .toList();
        RateDeckChunk chunk = RateDeckChunk.newBuilder()
                .setDeck(CONTRACT)
                .setRevision(2L)
                .setChunk(0)
                .setChunks(1)
                .setRows(rows)
                .build();
        send(ground, Party.of(Party.Kind.ADMINISTRATION), Topic.RATE_DECKS.topic(), CONTRACT + "/2/0", chunk);
    }

    private static CallDetailRecord imported(CallDetailRecord cdr) {
        return CallDetailRecord.newBuilder(cdr)
                .setLeg(0)
                .setTransactionId(null)
                .setGateway(null)
                .build();
    }

    private static void report(Ground ground, CallDetailRecord originating, CallDetailRecord terminating) {
        send(ground, Party.proxyOf(World.ACME), Topic.CDRS.of(World.ACME), originating.getCallId(), originating);
        send(ground, Party.gateway(World.ZENITH_1), Topic.CDRS.of(World.ZENITH), terminating.getCallId(), terminating);
    }

    private static void send(Ground ground, Party party, String topic, String key, SpecificRecord value) {
        try (Producer<String, SpecificRecord> producer =
                RecordProducer.open(ground.accessFor(party), "test-" + party)) {
            var unused = producer.send(new ProducerRecord<>(topic, key, value));
        }
    }

    private static BigDecimal balance(Records records, String callId, String account) {
        return sum(records.postings()
                .filter(line -> line.callId().equals(callId) && line.account().equals(account))
                .toList());
    }

    private static BigDecimal sum(List<Posted> lines) {
        return lines.stream().map(Posted::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Settlement settlement(Ground ground) {
        return Settlement.start(new SettlementConfig(
                ground.accessFor(Party.of(Party.Kind.SETTLEMENT)),
                directory.resolve("state"),
                PeriodLength.MONTH,
                ZoneOffset.UTC,
                1,
                Duration.ofMillis(100),
                StoreKind.ON_DISK));
    }
}
