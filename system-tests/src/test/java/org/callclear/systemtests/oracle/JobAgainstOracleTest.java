package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.wire.MemoryRegistry;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job and the oracle read the same journal, and say the same to the byte. */
class JobAgainstOracleTest {
    private static final int CALLS = 3_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {21, 22})
    void inTheOrderOfTime(long seed) throws Exception {
        compare(MadeUpJournal.of(seed, CALLS, false).records(), seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32})
    void inAnyOrder(long seed) throws Exception {
        MadeUpJournal journal = MadeUpJournal.of(seed, CALLS, true);
        compare(Orders.anyBetweenBarriers(journal, new Dice(seed)), seed);
    }

    private void compare(List<SpecificRecord> records, long seed) throws Exception {
        var partitions = Journal.partitioned(records, 1);
        Outcome expected = Oracle.settle(partitions, MadeUpJournal.DELAY_WHEN_UNSAID);

        Outcome other = new JobOnTestDriver(MemoryRegistry.open(), directory).settle(partitions, 0);

        assertThat(Differences.of(expected, other)).as("seed %d", seed).isEmpty();
    }
}
