package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.settlement.replay.Difference;
import org.callclear.settlement.replay.JournalReplay;
import org.callclear.settlement.replay.ReplayException;
import org.callclear.settlement.replay.Replayed;
import org.callclear.settlement.replay.Wanted;
import org.callclear.settlement.replay.Watcher;
import org.callclear.settlement.statement.StatementView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each statement of a made-up world, computed again by a replay, has the bytes that the oracle gives it. */
class ReplayAgainstOracleTest {
    private static final int CALLS = 700;
    private static final List<Integer> PARTITIONS = List.of(4, 1, 7, 3, 2);
    private static final Duration DELAY = Duration.ofSeconds(MadeUpJournal.DELAY_WHEN_UNSAID);

    /** More with {@code -Dcallclear.months=20}. */
    static Stream<Arguments> months() {
        return IntStream.range(0, Integer.getInteger("callclear.months", 3))
                .mapToObj(month -> Arguments.of(81L + month, PARTITIONS.get(month % PARTITIONS.size()), 1 + month % 4));
    }

    @ParameterizedTest
    @MethodSource("months")
    void everyStatementReplaysToTheSameBytes(long seed, int partitions, int workers) {
        MemoryJournal journal = journal(seed, partitions);
        Outcome expected = Oracle.settle(journal.parts(), MadeUpJournal.DELAY_WHEN_UNSAID);

        JournalReplay replay = new JournalReplay(journal, DELAY, workers, Watcher.NONE);
        for (Map.Entry<String, String> statement : expected.statements().entrySet()) {
            Replayed replayed = replay.statement(wanted(statement.getValue()));
            assertThat(new String(replayed.json(), StandardCharsets.UTF_8))
                    .as(statement.getKey())
                    .isEqualTo(statement.getValue());
        }
        assertThat(expected.statements()).hasSizeGreaterThan(10);
    }

    @Test
    void howManyFoldAtOnceMakesNoDifferenceToTheLinesOfCalls() {
        MemoryJournal journal = journal(86, 4);
        String statement = longest(journal);

        Replayed alone = new JournalReplay(journal, DELAY, 1, Watcher.NONE).statement(wanted(statement));
        Replayed together = new JournalReplay(journal, DELAY, 4, Watcher.NONE).statement(wanted(statement));

        assertThat(alone.leaves()).isGreaterThan(50).isEqualTo(together.leaves());
        assertThat(alone.root()).isEqualTo(together.root());
    }

    @Test
    void oneReportOfAnotherLengthIsFoundInTheStatement() {
        MemoryJournal journal = journal(87, 2);
        String statement = longest(journal);
        Wanted wanted = wanted(statement);

        JournalReplay replay = new JournalReplay(altered(journal), DELAY, 2, Watcher.NONE);
        Replayed replayed = replay.statement(wanted);

        assertThat(Difference.first(statement.getBytes(StandardCharsets.UTF_8), replayed.json()))
                .isPresent();
    }

    @Test
    void aStatementThatSaysItsPeriodEndedElsewhereIsRefusedWithThePlace() {
        MemoryJournal journal = journal(88, 2);
        Wanted good = wanted(longest(journal));
        List<Long> ends = new ArrayList<>(good.ends());
        ends.set(1, ends.get(1) - 1);

        assertThatThrownBy(() -> new JournalReplay(journal, DELAY, 2, Watcher.NONE)
                        .statement(new Wanted(good.carrier(), good.periods(), ends)))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("partition 1 offset " + ends.get(1) + ": no barrier stands there");
    }

    private static MemoryJournal journal(long seed, int partitions) {
        return new MemoryJournal(
                Journal.partitioned(MadeUpJournal.of(seed, CALLS, false).records(), partitions));
    }

    private static String longest(MemoryJournal journal) {
        return Oracle.settle(journal.parts(), MadeUpJournal.DELAY_WHEN_UNSAID).statements().values().stream()
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
    }

    private static Wanted wanted(String statement) {
        return Wanted.of(StatementView.of(statement.getBytes(StandardCharsets.UTF_8)));
    }

    /** Every tenth report ends a minute later. */
    private static MemoryJournal altered(MemoryJournal journal) {
        return new MemoryJournal(
                journal.parts().stream().map(ReplayAgainstOracleTest::altered).toList());
    }

    private static List<SpecificRecord> altered(List<SpecificRecord> records) {
        List<SpecificRecord> altered = new ArrayList<>();
        for (SpecificRecord record : records) {
            altered.add(record instanceof AcceptedCdr report && altered.size() % 10 == 0 ? longer(report) : record);
        }
        return altered;
    }

    private static AcceptedCdr longer(AcceptedCdr report) {
        CallDetailRecord cdr = report.getCdr();
        return AcceptedCdr.newBuilder(report)
                .setCdr(CallDetailRecord.newBuilder(cdr)
                        .setEndedAt(cdr.getEndedAt().plusSeconds(60))
                        .build())
                .build();
    }
}
