package org.callclear.settlement.stages;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.callclear.schemas.avro.CalendarMarker;
import org.callclear.schemas.avro.LineKind;
import org.callclear.schemas.avro.LineName;
import org.callclear.schemas.avro.LineSums;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.schemas.wire.MemoryRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Four partitions of the journal come to the end of a period, each when it does. */
class StatementStageTest {
    private static final int PARTITIONS = 4;
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    Path stores;

    private final Serde<SpecificRecord> records = RecordSerde.of(MemoryRegistry.open());
    private final StatementStage stage = new StatementStage(records, StoreKind.IN_MEMORY, 1);
    private final Processor<String, SpecificRecord, String, SpecificRecord> processor = stage.get();
    private MockProcessorContext<String, SpecificRecord> context;

    @BeforeEach
    void open() {
        context = new MockProcessorContext<>(new Properties(), new TaskId(1, 0), stores.toFile());
        for (StoreBuilder<?> builder : stage.stores()) {
            StateStore store = builder.withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }
        processor.init(context);
    }

    @AfterEach
    void close() {
        for (StoreBuilder<?> builder : stage.stores()) {
            StateStore store = context.getStateStore(builder.name());
            store.close();
        }
    }

    static Stream<List<Integer>> orders() {
        return permutations(List.of(), IntStream.range(0, PARTITIONS).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aStatementIsMadeWhenTheMarkersOfAllPartitionsAreThereAndNotBefore(List<Integer> order) {
        for (int partition : order.subList(0, PARTITIONS - 1)) {
            close("2026-11", partition);
        }
        List<StatementDraft> before = statements();
        boolean committedBefore = context.committed();

        close("2026-11", order.get(PARTITIONS - 1));

        assertThat(before).isEmpty();
        assertThat(committedBefore).isFalse();
        assertThat(context.committed()).as("asked for a commit").isTrue();
        assertThat(statements())
                .extracting(StatementDraft::getStatementId)
                .containsExactlyInAnyOrder("acme-2026-11-1", "idle-2026-11-1");
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theOrderOfThePartitionsMakesNoDifferenceToItsBytes(List<Integer> order) {
        order.forEach(partition -> close("2026-11", partition));
        ByteBuffer first = ofAcme("2026-11").getJson();

        order.forEach(partition -> send(line("2026-12", partition)));
        IntStream.range(0, PARTITIONS).forEach(partition -> send(marker("2026-12", partition)));
        ByteBuffer second = ofAcme("2026-12").getJson();

        assertThat(text(first)).contains("\"originating\":{\"billed_seconds\":6000,\"calls\":10,\"seconds\":6000}");
        assertThat(text(second))
                .isEqualTo(text(first)
                        .replace("2026-11-1", "2026-12-2")
                        .replace("\"period\":\"2026-11\"", "\"period\":\"2026-12\"")
                        .replace("2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z")
                        .replace("2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z")
                        .replace("\"sequence\":1", "\"sequence\":2"));
    }

    @Test
    void aLineThatIsSentAgainIsTheSameLine() {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            send(line("2026-11", partition));
            close("2026-11", partition);
        }

        assertThat(text(ofAcme("2026-11").getJson())).contains("\"calls\":10");
    }

    @Test
    void aMarkerThatIsSentAgainMakesNoStatement() {
        IntStream.of(0, 1, 2, 2, 2).forEach(partition -> close("2026-11", partition));

        assertThat(statements()).isEmpty();
    }

    @Test
    void whatAFasterPartitionHasOfTheNextPeriodWaitsForIt() {
        close("2026-11", 0);
        send(line("2026-12", 0));
        send(marker("2026-12", 0));

        IntStream.of(1, 2, 3).forEach(partition -> close("2026-11", partition));
        List<StatementDraft> november = statements();
        IntStream.of(1, 2, 3).forEach(partition -> close("2026-12", partition));

        assertThat(november)
                .extracting(StatementDraft::getStatementId)
                .containsExactlyInAnyOrder("acme-2026-11-1", "idle-2026-11-1");
        assertThat(text(ofAcme("2026-11").getJson())).contains("\"calls\":10");
        assertThat(text(ofAcme("2026-12").getJson())).contains("\"calls\":10");
        assertThat(statements()).hasSize(4);
    }

    /** A partition's totals leave before its marker. */
    private void close(String period, int partition) {
        send(line(period, partition));
        send(marker(period, partition));
    }

    private void send(SpecificRecord value) {
        processor.process(new Record<>("any", value, NOON.toEpochMilli()));
    }

    private List<StatementDraft> statements() {
        return context.forwarded().stream()
                .map(forward -> forward.record().value())
                .filter(StatementDraft.class::isInstance)
                .map(StatementDraft.class::cast)
                .toList();
    }

    private StatementDraft ofAcme(String period) {
        return statements().stream()
                .filter(statement -> statement.getCarrier().equals("acme")
                        && statement.getPeriod().equals(period))
                .findFirst()
                .orElseThrow();
    }

    private static String text(ByteBuffer json) {
        return StandardCharsets.UTF_8.decode(json.duplicate()).toString();
    }

    private static CalendarMarker marker(String period, int partition) {
        return new CalendarMarker(
                period,
                PeriodLength.MONTH,
                "UTC",
                partition,
                PARTITIONS,
                0L,
                10L + partition,
                List.of("acme", "idle"),
                ByteBuffer.allocate(0));
    }

    /** 1 call on partition 0, 2 on partition 1 and so on: 10 in all, of ten minutes each. */
    private static LineSums line(String period, int partition) {
        long calls = partition + 1L;
        LineName line = new LineName(
                period,
                "acme",
                LineKind.CALLS,
                Role.ORIGINATING,
                "zenith",
                "Germany",
                "49",
                new BigDecimal("0.012000"),
                "EUR",
                RoundingLevel.PER_CALL,
                RoundingRule.HALF_UP,
                6,
                "std@1",
                "deck@3",
                (int) NOON.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay(),
                null,
                null);
        return new LineSums(
                line,
                partition,
                calls,
                600 * calls,
                600 * calls,
                new BigDecimal(7_200_000 * calls),
                new BigDecimal("0.120000").multiply(new BigDecimal(calls)));
    }

    private static Stream<List<Integer>> permutations(List<Integer> begun, List<Integer> left) {
        if (left.isEmpty()) {
            return Stream.of(begun);
        }
        return left.stream().flatMap(next -> {
            List<Integer> more = new ArrayList<>(begun);
            more.add(next);
            return permutations(more, left.stream().filter(i -> !i.equals(next)).toList());
        });
    }
}
