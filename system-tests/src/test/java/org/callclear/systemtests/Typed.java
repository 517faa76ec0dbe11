package org.callclear.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import org.callclear.app.command.Callclear;
import org.callclear.app.command.Lifetime;
import org.callclear.app.command.Terminal;

/**
 * What came of a command as people type it.
 *
 * @param code exit code
 * @param out what it printed
 * @param err what it complained of
 */
record Typed(int code, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Typed run(String... args) {
        return run(died -> {}, args);
    }

    /** One that stays up until its lifetime ends. */
    static Typed run(Lifetime lifetime, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Callclear.with(
                        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true)),
                        new ByteArrayInputStream(new byte[0]),
                        lifetime,
                        Clock.systemUTC())
                .execute(args);
        return new Typed(code, out.toString(), err.toString());
    }

    /** What it printed, as JSON. */
    JsonNode json() {
        return read(out);
    }

    /** The last line that it printed, as JSON. */
    JsonNode lastLine() {
        return read(out.lines().reduce((first, second) -> second).orElseThrow());
    }

    private JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(out + err, e);
        }
    }

    /** The part of a configuration that says how to reach Kafka. */
    static String kafka(Object bootstrapServers, Object registryUrl, Object trusted, Object identity) {
        return """
                kafka:
                  bootstrapServers: %s
                  registryUrl: %s
                  tls:
                    trusted: %s
                    identity: %s
                """.formatted(bootstrapServers, registryUrl, trusted, identity);
    }
}
