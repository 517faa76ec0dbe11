package org.callclear.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.callclear.metrics.MeterBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a proxy shows of the calls that it has. */
class CountedCallsTest {
    private static final List<String> WHOSE = List.of("name=\"acme/p1\"", "party=\"proxy\"");

    @TempDir
    private Path directory;

    @Test
    void theFirstSignCountsOnceForACallHoweverManyGatewaysAreTried() {
        FakeExchange exchange =
                new FakeExchange(FakeExchange.failing(503), FakeExchange.silent(), FakeExchange.answering());
        try (Board board = new Board(directory, exchange, 10)) {
            board.calls(FakeCaller.alice());
            board.time.pass(Duration.ofSeconds(5));

            assertShown(board, "proxy_stage_seconds_count", "stage=\"RINGING\"", "1");
            assertShown(board, "proxy_stage_seconds_sum", "stage=\"RINGING\"", "5.0");
            assertShown(board, "proxy_stage_seconds_count", "stage=\"ANSWER\"", "1");
            assertShown(board, "proxy_responses_total", "status=\"180\"", "1.0");
            assertShown(board, "proxy_responses_total", "status=\"200\"", "1.0");
            assertShown(board, "proxy_timeouts_total", "of=\"SETUP\"", "1.0");
            assertShown(board, "proxy_attempts_total", "", "3.0");
            assertShown(board, "proxy_hunts_total", "", "2.0");
        }
    }

    @Test
    void aClearinghouseThatDoesNotAnswerIsATimeOut() {
        FakeExchange exchange = new FakeExchange(FakeExchange.answering());
        exchange.clearinghouseAnswers = false;
        try (Board board = new Board(directory, exchange, 10)) {
            board.calls(FakeCaller.alice());
            board.time.pass(Duration.ofSeconds(6));

            assertShown(board, "proxy_timeouts_total", "of=\"AUTHORIZATION\"", "1.0");
            assertShown(board, "proxy_timeouts_total", "of=\"ASK_AGAIN\"", "2.0");
            assertShown(board, "proxy_responses_total", "status=\"503\"", "1.0");
            assertShown(board, "proxy_calls_total", "outcome=\"NOT_AUTHORIZED_IN_TIME\"", "1.0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "180, 180",
        "199, other 1xx",
        "200, 200",
        "302, 3xx",
        "403, 403",
        "499, other 4xx",
        "503, 503",
        "599, other 5xx",
        "603, 6xx",
        "799, 6xx"
    })
    void aStatusThatTellsNothingByItselfCountsWithItsClass(int status, String counted) {
        assertThat(Response.of(status)).hasToString(counted);
    }

    private static void assertShown(Board board, String name, String label, String value) {
        SortedSet<String> labels = new TreeSet<>(WHOSE);
        if (!label.isEmpty()) {
            labels.add(label);
        }
        assertThat(board.meters.text(MeterBook.Form.PLAIN))
                .contains("callclear_" + name + "{" + String.join(",", labels) + "} " + value + "\n");
    }
}
