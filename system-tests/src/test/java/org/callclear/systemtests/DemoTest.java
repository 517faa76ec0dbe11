package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as people run it: real SIP calls, a real broker, and the statement at the end. */
class DemoTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path data;

    @Test
    void everyAnsweredCallIsSettledAndTheBooksBalance() {
        Typed demo = Typed.run("demo", "--calls", "10", "--exit", "--json", "--data", data.toString());

        assertThat(demo.code()).as(demo.err()).isZero();
        JsonNode result = demo.lastLine();
        assertThat(result.path("calls").asInt()).isEqualTo(10);
        assertThat(result.path("answered").asInt()).isEqualTo(6);
        assertThat(result.path("rejected").asInt()).isEqualTo(4);
        assertThat(result.path("settledCalls").asInt()).isEqualTo(6);
        assertThat(result.path("disputes").asInt()).isZero();
        assertThat(new BigDecimal(result.path("postingsSum").path("EUR").asText()))
                .isEqualByComparingTo(BigDecimal.ZERO);
        int inPositions = 0;
        for (JsonNode position : result.path("positions")) {
            inPositions += position.path("calls").asInt();
        }
        assertThat(inPositions).isEqualTo(6);
        assertThat(result.path("statement").path("header").path("carrier").asText())
                .isEqualTo("acme");
        assertThat(result.path("statement").at("/trailer/call_lines/leaves").asInt())
                .isEqualTo(6);
        assertThat(result.path("statement").at("/signature/algorithm").asText()).isEqualTo("Ed25519");
        assertThat(result.path("statements")).hasSize(3);
    }
}
