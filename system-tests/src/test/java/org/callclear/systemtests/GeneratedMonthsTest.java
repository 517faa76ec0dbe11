package org.callclear.systemtests;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Month after month, each on a broker of its own: every statement has the same bytes when it is computed again, from Kafka and
 * from archives. One such month is in every build, in {@link ReplayOnKafkaTest}; as many as {@code -Dcallclear.months} says
 * are here.
 */
@EnabledIfSystemProperty(named = "callclear.months", matches = "[1-9][0-9]*", disabledReason = "takes minutes")
class GeneratedMonthsTest {
    private static final int MOST_CALLS_A_PORTION = 90;

    @TempDir
    Path directory;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("callclear.months", 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyStatementReplaysToTheSameBytes(long seed) throws Exception {
        try (SettledMonth month = SettledMonth.of(seed, calls(seed), directory)) {
            month.replayAll(workers(seed));
            month.replayAllFromArchives(workers(seed + 1));
        }
    }

    private static int calls(long seed) {
        return 10 + (int) (seed * 37 % (MOST_CALLS_A_PORTION - 10));
    }

    private static int workers(long seed) {
        return 1 + (int) (seed % 7);
    }
}
