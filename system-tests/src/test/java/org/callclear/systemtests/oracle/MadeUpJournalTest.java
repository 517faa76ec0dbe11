package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.ResolveDispute;
import org.junit.jupiter.api.Test;

/** A generator whose world were too tame would prove nothing. */
class MadeUpJournalTest {
    private static final int CALLS = 10_000;
    private static final MadeUpJournal JOURNAL = MadeUpJournal.of(11, CALLS, true);

    @Test
    void theSameSeedMakesTheSameWorld() {
        assertThat(MadeUpJournal.of(5, 300, false)).isEqualTo(MadeUpJournal.of(5, 300, false));
        assertThat(MadeUpJournal.of(5, 300, false)).isNotEqualTo(MadeUpJournal.of(6, 300, false));
    }

    @Test
    void oddCallsAreAsManyAsAsked() {
        assertThat(JOURNAL.traits().get(Trait.DUPLICATED)).hasSize(CALLS * 3 / 1_000);
        assertThat(JOURNAL.traits().get(Trait.LATE)).hasSize(CALLS / 100);
        assertThat(JOURNAL.traits().get(Trait.ONE_SIDED)).hasSize(CALLS * 5 / 1_000);
        assertThat(JOURNAL.traits().get(Trait.CORRECTED)).hasSize(CALLS / 100);
        assertThat(JOURNAL.traits().get(Trait.SKEWED)).hasSize(CALLS / 10);
    }

    @Test
    void repetitionsAndCorrectionsAreInTheRecords() {
        List<CallDetailRecord> reports =
                records(AcceptedCdr.class).stream().map(AcceptedCdr::getCdr).toList();
        long repeated = (long) reports.size() - new HashSet<>(reports).size();
        Set<String> corrected = reports.stream()
                .filter(report -> report.getVersion() > 1 && report.getLeg() > 0)
                .map(CallDetailRecord::getCallId)
                .collect(Collectors.toSet());

        assertThat(repeated).isEqualTo(CALLS * 3 / 1_000);
        assertThat(corrected).hasSizeBetween(CALLS / 160, CALLS / 100); // an attempt has nothing to correct
    }

    @Test
    void everyClassOfDisputeComesUpAndIsDecidedInEveryWay() {
        Outcome outcome = Oracle.settle(Journal.partitioned(JOURNAL.records(), 3), MadeUpJournal.DELAY_WHEN_UNSAID);
        Map<String, Long> counts = new TreeMap<>(outcome.disputes().values().stream()
                .collect(Collectors.groupingBy(state -> state, Collectors.counting())));
        Set<String> classes = new TreeSet<>(counts.keySet().stream()
                .filter(state -> state.contains(" "))
                .map(state -> state.substring(0, state.indexOf(' ')))
                .toList());
        Set<String> states = new TreeSet<>(counts.keySet().stream()
                .map(state -> state.substring(state.indexOf(' ') + 1))
                .toList());

        assertThat(classes)
                .containsExactly(
                        "ANSWERED_TWICE",
                        "DESTINATION_MISMATCH",
                        "DURATION_MISMATCH",
                        "IMPOSSIBLE_TIME",
                        "ONLY_ORIGINATING",
                        "ONLY_TERMINATING",
                        "OVERRUN",
                        "UNAUTHORIZED",
                        "UNRATED");
        assertThat(states).containsExactly("ACCEPTED", "OPEN", "REJECTED", "SPLIT", "WITHDRAWN");
        assertThat(records(ResolveDispute.class)).hasSizeGreaterThan(CALLS / 200);
    }

    @Test
    void statementsHoldLateCallsAttemptsDisputesAndNothing() {
        Outcome outcome = Oracle.settle(Journal.partitioned(JOURNAL.records(), 3), MadeUpJournal.DELAY_WHEN_UNSAID);

        assertThat(outcome.statements().values())
                .anyMatch(json -> json.contains("origin_period"))
                .anyMatch(json -> json.contains("ATTEMPTS"))
                .anyMatch(json -> json.contains("DISPUTED"))
                .anyMatch(json -> json.contains("\"lines\":[]"))
                .anyMatch(json -> json.contains("\"calls\":-1"));
        assertThat(outcome.accounts().keySet())
                .anyMatch(account -> account.endsWith("ADJUSTMENT"))
                .anyMatch(account -> account.contains("JPY"));
    }

    private static <T extends SpecificRecord> List<T> records(Class<T> type) {
        return JOURNAL.records().stream()
                .filter(type::isInstance)
                .map(item -> Objects.requireNonNull(type.cast(item)))
                .toList();
    }
}
