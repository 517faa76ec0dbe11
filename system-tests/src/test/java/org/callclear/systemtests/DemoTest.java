package org.callclear.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import org.callclear.app.command.Callclear;
import org.callclear.app.command.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as people run it: real SIP calls, a real broker, and the statement at the end. */
class DemoTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path data;

    @Test
    void everyAnsweredCallIsSettledAndTheBooksBalance() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int code = Callclear.with(
                        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true)),
                        new ByteArrayInputStream(new byte[0]),
                        died -> {},
                        Clock.systemUTC())
                .execute("demo", "--calls", "10", "--exit", "--json", "--data", data.toString());

        assertThat(code).as(err.toString()).isZero();
        JsonNode result = new ObjectMapper()
                .readTree(out.toString().lines().reduce((first, second) -> second).orElseThrow());
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
        assertThat(result.path("statement").path("header").path("carrier").asText()).isEqualTo("acme");
        assertThat(result.path("statements")).hasSize(3);
    }
}
