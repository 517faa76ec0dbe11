package org.callclear.settlement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.callclear.schemas.avro.CallAttempt;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.Position;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.Statement;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Catalogue;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.stages.RecordSerde;
import org.callclear.settlement.stages.StoreKind;

/** The stream job on the test driver, with one partition of the journal. */
final class World implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-11-23T11:00:00Z");

    private final Serde<SpecificRecord> records = RecordSerde.of(TestRegistry.full());
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, SpecificRecord> journal;

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
        return topology(RecordSerde.of(TestRegistry.full()));
    }

    /** A journal whose first barrier opened November 2026. */
    static World inNovember() {
        World world = new World();
        world.barrier(null, "2026-11");
        return world;
    }

    World journal(String callId, SpecificRecord record) {
        journal.pipeInput(callId, record);
        return this;
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
                        .setZone("UTC")
                        .setPartitions(1)
                        .build());
    }

    World timePasses(Duration wallClock) {
        driver.advanceWallClockTime(wallClock);
        return this;
    }

    List<Posting> postings() {
        return read(Topic.POSTINGS.topic(), Posting.class);
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

    List<Statement> statements(String carrier) {
        return read(Topic.STATEMENTS.of(new CarrierId(carrier)), Statement.class);
    }

    static String json(Statement statement) {
        return StandardCharsets.UTF_8.decode(statement.getJson().duplicate()).toString();
    }

    private static Path stores() {
        try {
            return Files.createTempDirectory("settlement-stores");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> List<T> read(String topic, Class<T> type) {
        return driver
                .createOutputTopic(topic, new StringDeserializer(), records.deserializer())
                .readValuesToList()
                .stream()
                .map(type::cast)
                .toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}
