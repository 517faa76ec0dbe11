package org.callclear.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token inspect}. */
@Command(name = "token", description = "Tokens that open gateways.")
final class TokenCommand {
    private static final int MOST_CHARACTERS = 16_384;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal;
    private final InputStream in;

    TokenCommand(Terminal terminal, InputStream in) {
        this.terminal = terminal;
        this.in = in;
    }

    @Command(
            name = "inspect",
            description = "Shows what a token says. Checks its form only: whether it is genuine, a gateway decides.")
    int inspect(
            @Parameters(paramLabel = "TOKEN|FILE|-", description = "the token, a file with it, or - for standard input")
                    String given,
            @Option(names = "--json", description = "print one JSON object") boolean json)
            throws IOException {
        ObjectNode token = parse(text(given));
        if (json) {
            terminal.print(token);
            return 0;
        }
        TextTable table = new TextTable("claim", "value", "");
        token.path("header").properties().forEach(field -> table.row(field.getKey(), words(field.getValue()), ""));
        token.path("claims")
                .properties()
                .forEach(field ->
                        table.row(field.getKey(), words(field.getValue()), time(field.getKey(), field.getValue())));
        terminal.print(table.toString());
        terminal.print("  signature: " + token.path("signatureBytes").asInt() + " bytes, not verified");
        return 0;
    }

    private String text(String given) throws IOException {
        if (given.equals("-")) {
            return new String(in.readNBytes(MOST_CHARACTERS + 1), StandardCharsets.UTF_8).strip();
        }
        if (given.chars().filter(c -> c == '.').count() == 2 && !Files.exists(Path.of(given))) {
            return given;
        }
        if (!Files.isReadable(Path.of(given))) {
            throw new CommandException(
                    "token: neither a compact JWS (three parts with dots) nor a file that can be read");
        }
        return Files.readString(Path.of(given)).strip();
    }

    private static ObjectNode parse(String text) {
        List<String> parts = List.of(text.split("\\.", -1));
        if (text.length() > MOST_CHARACTERS || parts.size() != 3) {
            throw new CommandException("token: must have three parts separated by dots and at most " + MOST_CHARACTERS
                    + " characters; this has " + parts.size() + " parts and " + text.length() + " characters");
        }
        ObjectNode token = JSON.createObjectNode();
        token.set("header", object("header", parts.get(0)));
        token.set("claims", object("claims", parts.get(1)));
        token.put("signatureBytes", decode("signature", parts.get(2)).length);
        token.put("verified", false);
        return token;
    }

    private static JsonNode object(String part, String text) {
        try {
            JsonNode node = JSON.readTree(decode(part, text));
            if (node.isObject()) {
                return node;
            }
            throw new CommandException("token: its " + part + " is not a JSON object");
        } catch (JsonProcessingException e) {
            throw new CommandException("token: its " + part + " is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new CommandException("token: its " + part + " cannot be read: " + e.getMessage());
        }
    }

    private static byte[] decode(String part, String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new CommandException("token: its " + part + " is not base64url: " + e.getMessage());
        }
    }

    private static String words(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String time(String claim, JsonNode value) {
        return List.of("iat", "nbf", "exp").contains(claim) && value.isIntegralNumber()
                ? Instant.ofEpochSecond(value.asLong()).toString()
                : "";
    }
}
