package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rules promise of any settlement holds for the oracle: money does not depend on order or partitioning. */
class OrdersOfTheOracleTest {
    private static final int CALLS = 3_000;
    private static final long DELAY = MadeUpJournal.DELAY_WHEN_UNSAID;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void partitionsChangeNothing(long seed) {
        MadeUpJournal journal = MadeUpJournal.of(seed, CALLS, false);
        Outcome one = settle(journal.records(), 1);

        for (int partitions : List.of(3, 4, 7)) {
            assertSameMoney(one, settle(journal.records(), partitions));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void theOrderBetweenBarriersChangesNothing(long seed) {
        MadeUpJournal journal = MadeUpJournal.of(seed, CALLS, true);
        Outcome natural = settle(journal.records(), 4);

        assertSameMoney(natural, settle(Orders.anyWithinCalls(journal, new Dice(seed)), 4));
        assertSameMoney(natural, settle(Orders.anyBetweenBarriers(journal, new Dice(seed)), 4));
        assertSameMoney(natural, settle(Orders.anyBetweenBarriers(journal, new Dice(seed + 1)), 7));
    }

    @Test
    void whatIsPostedSumsToNothingInEveryCurrencyAndPeriod() {
        Outcome outcome = settle(MadeUpJournal.of(7, CALLS, false).records(), 4);
        Map<String, Fraction> sums = new TreeMap<>();
        outcome.accounts().forEach((account, sum) -> {
            String[] parts = account.split(" ", -1);
            if (parts.length > 4) {
                return;
            }
            sums.merge(parts[1] + " " + parts[2], Fraction.of(sum), Fraction::plus);
        });
        assertThat(sums).isNotEmpty().allSatisfy((key, sum) -> assertThat(sum).isEqualTo(Fraction.ZERO));
    }

    private static Outcome settle(List<SpecificRecord> records, int partitions) {
        return Oracle.settle(Journal.partitioned(records, partitions), DELAY);
    }

    private static void assertSameMoney(Outcome expected, Outcome other) {
        assertThat(Differences.ofMoney(expected, other)).isEmpty();
    }
}
