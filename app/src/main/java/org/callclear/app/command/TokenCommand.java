package org.callclear.app.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.callclear.tokens.TokenInspector;
import org.callclear.tokens.TokenInspector.Inspection;
import org.callclear.tokens.TokenInspector.Secrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token inspect}. */
@Command(name = "token", description = "Tokens that open gateways.")
final class TokenCommand {
    /** More than any token has; what is longer need not be read to its end. */
    private static final int MOST_BYTES = 16_384;

    private static final Set<String> TIMES = Set.of("iat", "nbf", "exp");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal;
    private final InputStream in;

    TokenCommand(Terminal terminal, InputStream in) {
        this.terminal = terminal;
        this.in = in;
    }

    @Command(
            name = "inspect",
            description = {
                "Shows what a token says. Checks its form only: whether it is genuine, a gateway decides.",
                "The exit code is 1 when any gateway would refuse it by its form alone."
            })
    int inspect(
            @Parameters(paramLabel = "TOKEN|FILE|-", description = "the token, a file with it, or - for standard input")
                    String given,
            @Option(names = "--show", description = "print phone numbers and the transaction id whole") boolean show,
            @Option(names = "--json", description = "print one JSON object") boolean json)
            throws IOException {
        Inspection found = TokenInspector.inspect(text(given), show ? Secrets.SHOWN : Secrets.MASKED);
        if (json) {
            terminal.print(json(found));
        } else if (!found.header().isEmpty() || !found.claims().isEmpty()) {
            terminal.print("  " + Inspection.NOTICE);
            terminal.print(table(found));
        }
        if (found.refusal() != null) {
            throw new CommandException("token: " + found.refusal() + ": " + printable(found.fault()));
        }
        return 0;
    }

    private String text(String given) throws IOException {
        if (given.equals("-")) {
            return read(in);
        }
        if (given.chars().filter(c -> c == '.').count() == 2 && !Files.exists(Path.of(given))) {
            return given;
        }
        if (!Files.isReadable(Path.of(given))) {
            throw new CommandException(
                    "token: neither a compact JWS (three parts with dots) nor a file that can be read");
        }
        try (InputStream file = Files.newInputStream(Path.of(given))) {
            return read(file);
        }
    }

    private static String read(InputStream from) throws IOException {
        return new String(from.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
    }

    private static ObjectNode json(Inspection found) {
        ObjectNode token = JSON.createObjectNode();
        token.put("verified", false);
        token.put("notice", Inspection.NOTICE);
        token.set("header", JSON.valueToTree(found.header()));
        token.set("claims", JSON.valueToTree(found.claims()));
        token.put("refusal", found.refusal() == null ? null : found.refusal().name());
        token.put("fault", found.fault());
        return token;
    }

    private static String table(Inspection found) {
        TextTable table = new TextTable("claim", "value", "");
        rows(table, "", found.header());
        rows(table, "", found.claims());
        return table.toString();
    }

    private static void rows(TextTable table, String before, Map<?, ?> members) {
        members.forEach((name, value) -> row(table, before + printable(String.valueOf(name)), value));
    }

    private static void row(TextTable table, String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> inner) {
            rows(table, path + ".", inner);
        } else if (value instanceof List<?> elements) {
            for (int i = 0; i < elements.size(); i++) {
                row(table, path + "[" + i + "]", elements.get(i));
            }
        } else {
            table.row(path, printable(String.valueOf(value)), time(path, value));
        }
    }

    /** A token may come from anybody: what it says must not steer the terminal. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]", "?");
    }

    private static String time(String claim, @Nullable Object value) {
        try {
            if (value instanceof Long seconds && TIMES.contains(claim)) {
                return Instant.ofEpochSecond(seconds).toString();
            }
            return value instanceof Long millis && claim.endsWith(".atMillis")
                    ? Instant.ofEpochMilli(millis).toString()
                    : "";
        } catch (DateTimeException e) {
            return "";
        }
    }
}
