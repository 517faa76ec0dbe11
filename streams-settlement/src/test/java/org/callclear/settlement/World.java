package org.callclear.settlement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.CommandOutcome;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.Position;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.MemoryRegistry;
import org.callclear.settlement.stages.RecordSerde;
import org.callclear.settlement.stages.StoreKind;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.Posted;

/** The stream job on the test driver, with one partition of the journal. */
final class World implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Serde<SpecificRecord> records = RecordSerde.of(MemoryRegistry.open());
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, SpecificRecord> journal;
    private final Map<String, List<SpecificRecord>> written = new HashMap<>();

    private World() {
        Properties settings = new Properties();
        settings.put("application.id", Catalogue.SETTLEMENT_APPLICATION);
        settings.put("bootstrap.servers", "none:1");
        settings.put("statestore.cache.max.bytes", 0L);
        settings.put("state.dir", stores().toString());
        this.driver = new TopologyTestDriver(topology(records), settings, START);
        this.journal = driver.createInputTopic(
                Topic.SETTLEMENT_JOURNAL.topic(), new StringSerializer(), records.serializer(), START, Duration.ZERO);
    }

    static Topology topology(Serde<SpecificRecord> records) {
        return new SettlementTopology(records, StoreKind.ON_DISK, Duration.ofMinutes(5), 1).build();
    }

    static Topology topology() {
        return topology(RecordSerde.of(MemoryRegistry.open()));
    }

    /** A journal whose first barrier opened November 2026. */
    static World inNovember() {
        return open("2026-11");
    }

    /** A journal whose first barriers opened these periods. */
    static World open(String... periods) {
        World world = new World();
        for (String period : periods) {
            world.begin(period);
        }
        return world;
    }

    /** The first barrier of a calendar. */
    World begin(String period) {
        return barrier(null, period);
    }

    World journal(String callId, SpecificRecord record) {
        journal.pipeInput(callId, record);
        return this;
    }

    /** The grant and both reports. */
    World settle(CallStory call) {
        return granted(call).originating(call).terminating(call);
    }

    World granted(CallStory call) {
        return journal(call.callId(), call.grant());
    }

    World originating(CallStory call) {
        return journal(call.callId(), call.originatingReport());
    }

    World terminating(CallStory call) {
        return journal(call.callId(), call.terminatingReport());
    }

    /** Some record moves the journal's time to a minute and a half after this instant. */
    World logTime(Instant at) {
        CallStory later = CallStory.aCall("at " + at).answeredAt(at).unanswered();
        return originating(later);
    }

    World close(String period, String next, String... carriers) {
        return barrier(period, next, carriers);
    }

    private World barrier(@org.jspecify.annotations.Nullable String closes, String opens, String... carriers) {
        return journal(
                "barrier",
                PeriodBarrier.newBuilder()
                        .setCloses(closes)
                        .setOpens(opens)
                        .setCarriers(List.of(carriers))
                        .setCommandId("close-" + closes)
                        .setAt(START)
                        .setZone(opens.contains("@") ? opens.substring(opens.indexOf('@') + 1) : "UTC")
                        .setPartitions(1)
                        .build());
    }

    World timePasses(Duration wallClock) {
        driver.advanceWallClockTime(wallClock);
        return this;
    }

    /** What the job itself counts. */
    Map<MetricName, ? extends Metric> metrics() {
        return driver.metrics();
    }

    List<Posted> postings() {
        return read(Topic.POSTINGS.topic(), LedgerEntry.class).stream()
                .flatMap(Posted::of)
                .toList();
    }

    /** Each line of the books over a call: period, account, kind of entry, amount and currency. */
    List<String> books(CallStory call) {
        return postings().stream()
                .filter(posting -> posting.callId().equals(call.callId()))
                .map(World::line)
                .toList();
    }

    /** What each account comes to by a call, without those that come to nothing. */
    Map<String, String> balances(CallStory call) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (Posted posting : postings()) {
            if (posting.callId().equals(call.callId())) {
                sums.merge(posting.account(), posting.amount(), BigDecimal::add);
            }
        }
        Map<String, String> balances = new TreeMap<>();
        sums.forEach((account, sum) -> {
            if (sum.signum() != 0) {
                balances.put(account, sum.toPlainString());
            }
        });
        return balances;
    }

    private static String line(Posted posting) {
        String late = posting.originPeriod() == null ? "" : " of " + posting.originPeriod();
        return posting.entryKind() + " " + posting.account() + " "
                + posting.amount().toPlainString() + " " + posting.currency() + " in " + posting.period()
                + late;
    }

    /** The states of the disputes over a call: class, state and revision. */
    List<String> disputes(CallStory call) {
        return disputes().stream()
                .filter(dispute -> dispute.getCallId().equals(call.callId()))
                .map(dispute -> dispute.getReconciliation() + " " + dispute.getState() + " " + dispute.getRevision())
                .toList();
    }

    /** The last outcome of a command. */
    CommandOutcome outcome(String command) {
        return read(Topic.COMMAND_OUTCOMES.topic(), CommandOutcome.class).stream()
                .filter(outcome -> outcome.getCommandId().equals(command))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    List<Dispute> disputes() {
        return read(Topic.DISPUTES.topic(), Dispute.class);
    }

    List<ReconciledCall> reconciled() {
        return read(Topic.RECONCILED_CALLS.topic(), ReconciledCall.class);
    }

    List<CallAttempt> attempts() {
        return read(Topic.CALL_ATTEMPTS.topic(), CallAttempt.class);
    }

    List<Position> positions() {
        return read(Topic.POSITIONS.topic(), Position.class);
    }

    List<RejectedRecord> rejected() {
        return read(Topic.CDR_REJECTED.topic(), RejectedRecord.class);
    }

    List<StatementDraft> statements(String carrier) {
        return read(Topic.STATEMENT_DRAFTS.topic(), StatementDraft.class).stream()
                .filter(draft -> draft.getCarrier().equals(carrier))
                .toList();
    }

    static String json(StatementDraft statement) {
        return StandardCharsets.UTF_8.decode(statement.getJson().duplicate()).toString();
    }

    private static Path stores() {
        try {
            return Files.createTempDirectory("settlement-stores");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All since the world began. */
    private <T> List<T> read(String topic, Class<T> type) {
        List<SpecificRecord> all = written.computeIfAbsent(topic, name -> new ArrayList<>());
        all.addAll(driver.createOutputTopic(topic, new StringDeserializer(), records.deserializer())
                .readValuesToList());
        return all.stream().map(type::cast).toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
