package org.callclear.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.callclear.tokens.TokenInspector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CallclearTest {
    private static final String DECK = """
            prefix,destination,rate_per_minute,initial_seconds,increment_seconds,connect_fee,valid_from,valid_to,status
            49,Germany,0.006,30,6,0,2020-01-01T00:00:00Z,,ACTIVE
            49,Germany,0.012,30,6,0,2026-01-01T00:00:00Z,,ACTIVE
            4915,Mobile,0.1,45,30,0,2020-01-01T00:00:00Z,,ACTIVE
            49900,Premium,,1,1,,2020-01-01T00:00:00Z,,BLOCKED
            """;

    private static final String QUOTE =
            "rate quote --deck deck.csv --called 493012345 --answered 2026-01-01T00:00:00Z --seconds 32";

    private static final String CALLING = "4930123456789";
    private static final String CALLED = "442079460123";
    private static final String TRANSACTION = "0123456789abcdef0123456789abcdef";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "493012345, 2025-01-01T00:00:00Z, 32, AFTER_INITIAL, RATED, 49, 36, 0.0036",
        "493012345, 2026-01-01T00:00:00Z, 32, AFTER_INITIAL, RATED, 49, 36, 0.0072",
        "491512345, 2025-01-01T00:00:00Z, 121, AFTER_INITIAL, RATED, 4915, 135, 0.225",
        "491512345, 2025-01-01T00:00:00Z, 121, FROM_ZERO, RATED, 4915, 150, 0.25",
        "493012345, 2025-01-01T00:00:00Z, 0, AFTER_INITIAL, RATED, 49, 0, 0",
        "499001234, 2025-01-01T00:00:00Z, 10, AFTER_INITIAL, BLOCKED, 49900, null, null",
        "331234567, 2025-01-01T00:00:00Z, 10, AFTER_INITIAL, UNRATED, null, null, null",
        "493012345, 2019-01-01T00:00:00Z, 10, AFTER_INITIAL, UNRATED, null, null, null"
    })
    void aQuoteIsMadeFromAFileAlone(
            String called,
            String answered,
            String seconds,
            String anchor,
            String status,
            String prefix,
            String billed,
            String price)
            throws IOException {
        Path deck = Files.writeString(folder.resolve("deck.csv"), DECK);

        int code = run(
                "rate",
                "quote",
                "--deck",
                deck.toString(),
                "--called",
                called,
                "--answered",
                answered,
                "--seconds",
                seconds,
                "--anchor",
                anchor,
                "--json");

        JsonNode quote = new ObjectMapper().readTree(out.toString());
        assertThat(code).isZero();
        assertThat(quote.path("status").asText()).isEqualTo(status);
        assertThat(quote.path("prefix").asText()).isEqualTo(prefix);
        assertThat(quote.path("billedSeconds").asText()).isEqualTo(billed);
        assertThat(quote.path("exactPrice").asText()).isEqualTo(price);
        assertThat(quote.path("currency").asText()).isEqualTo("EUR");
    }

    @ParameterizedTest
    @CsvSource({"USD, '', USD", "USD, USD, USD", "'', GBP, GBP", "'', '', EUR"})
    void aQuoteFromAFileIsInTheCurrencyThatTheFileOrTheOptionSays(String column, String option, String currency)
            throws IOException {
        Files.writeString(folder.resolve("deck.csv"), deckIn(column, column));

        int code = run(inFolder(QUOTE + (option.isEmpty() ? "" : " --currency " + option) + " --json"));

        assertThat(code).as(err.toString()).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).path("currency").asText())
                .isEqualTo(currency);
    }

    @ParameterizedTest
    @CsvSource({
        "USD, USD, EUR, --currency 'EUR'",
        "USD, USD, XQX, --currency 'XQX'",
        "USD, EUR, '', deck.csv:3: currency 'EUR'",
        "USD, '', USD, deck.csv:3: currency"
    })
    void aQuoteFromAFileWhoseCurrencyIsNotOneIsRefused(String first, String second, String option, String named)
            throws IOException {
        Files.writeString(folder.resolve("deck.csv"), deckIn(first, second));

        int code = run(inFolder(QUOTE + (option.isEmpty() ? "" : " --currency " + option)));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains(named).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "carriers import wrong.csv",
                "decks import Bad_Name.csv",
                "statement list --data nowhere",
                "period close someday",
                "gateway --config nowhere.yaml",
                "token inspect nothing",
                "token inspect a.b.c",
                "demo --calls 0",
                "rate quote --deck none.csv --called 49301234567 --answered now --seconds 1",
                "rate quote --deck none.csv --called 0049 --answered 2026-01-01T00:00:00Z --seconds 1",
                "rate quote --deck none.csv --called 49301234567 --answered 2026-01-01T00:00:00Z --seconds -1",
                "rate quote --deck none.csv --called 49301234567 --answered 2026-01-01T00:00:00Z --seconds 0.0001",
                "rate quote --deck none.csv --called 49301234567 --answered 2026-01-01T00:00:00Z --seconds 1E+2147483647",
                "rate quote --deck none.csv --called 49301234567 --answered 2026-01-01T00:00:00Z --milliseconds -1",
                "rate quote --contract c --currency EUR --called 49301234567 --answered 2026-01-01T00:00:00Z --seconds 1",
                "rate quote --contract c --data nowhere --called 49301234567 --answered 2026-01-01T00:00:00Z --seconds 1"
            })
    void whatCannotBeDoneIsOneLineAndExitCodeOne(String line) throws IOException {
        Files.writeString(folder.resolve("wrong.csv"), "id,name,status\nacme,Acme,ACTVE\n");

        int code = run(inFolder(line));

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    private static String deckIn(String first, String second) {
        String[] lines = DECK.split("\n", -1);
        return first.isEmpty()
                ? DECK
                : lines[0] + ",currency\n" + lines[1] + "," + first + "\n" + lines[2] + "," + second + "\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate quote --deck a --contract b --called 49 --answered now --seconds 1",
                "rate quote --deck a --called 49 --answered now --seconds 1 --milliseconds 1",
                "rate quote --deck a --called 49 --answered now"
            })
    void aQuoteByTwoThingsOrForNoTimeIsMisuse(String line) {
        misuseIsOneLineAndExitCodeTwo(line);
    }

    @Test
    void aQuoteShowsItsStepsInTextAndWhenAskedToInJson() throws IOException {
        Path deck = Files.writeString(folder.resolve("deck.csv"), DECK);
        String[] asked = ("rate quote --called 493012345 --answered 2026-01-01T00:00:00Z --milliseconds 31001 --deck "
                        + deck)
                .split(" ");

        assertThat(run(asked)).isZero();
        assertThat(out.toString()).contains("exactPrice", "0.0072", "WHOLE_SECONDS", "OTHER_ROW", "it began earlier");

        out.getBuffer().setLength(0);
        assertThat(run(with(asked, "--json", "--explain"))).isZero();
        JsonNode steps = new ObjectMapper().readTree(out.toString()).path("steps");
        assertThat(steps)
                .extracting(step ->
                        step.path("step").asText() + " " + step.path("result").asText())
                .containsExactly(
                        "DECK ",
                        "ROW 49",
                        "OTHER_ROW ",
                        "WHOLE_SECONDS 32",
                        "BLOCKS 36",
                        "RATE 0.0072",
                        "CONNECT_FEE 0",
                        "EXACT_PRICE 0.0072",
                        "ROUNDING 0.007200");

        out.getBuffer().setLength(0);
        assertThat(run(with(asked, "--json"))).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).has("steps")).isFalse();

        out.getBuffer().setLength(0);
        assertThat(run(with(asked, "--no-explain"))).isZero();
        assertThat(out.toString()).contains("exactPrice").doesNotContain("WHOLE_SECONDS");
    }

    private static String[] with(String[] args, String... more) {
        return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bogus", "rate quote", "topics apply --data a --config b", "demo --calls many", "proxy"})
    void misuseIsOneLineAndExitCodeTwo(String line) {
        int code = run(line.split(" "));

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void everyCommandHasHelp() {
        CommandLine root = commandLine();

        assertThat(paths(root)).hasSizeGreaterThan(20).allSatisfy(path -> {
            String[] args = (path + " --help").strip().split(" ");
            assertThat(commandLine().execute(args)).as(path).isZero();
        });
    }

    @Test
    void aTokenShowsItsClaimsButNoWholeNumberAndNoTransactionId() throws IOException {
        int code = run("token", "inspect", token());

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains(TokenInspector.Inspection.NOTICE, "zenith-1", "2026-01-01T00:00:00Z", "terminationTerms.deck")
                .doesNotContain(CALLING, CALLED, TRANSACTION);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aTokenShowsAllWhenAskedTo() throws IOException {
        int code = run("token", "inspect", "--show", token(), "--json");

        JsonNode shown = new ObjectMapper().readTree(out.toString());
        assertThat(code).isZero();
        assertThat(shown.path("verified").asBoolean()).isFalse();
        assertThat(shown.path("notice").asText()).isEqualTo(TokenInspector.Inspection.NOTICE);
        assertThat(shown.path("claims").path("aud").asText()).isEqualTo("zenith-1");
        assertThat(shown.path("claims").path("calling").asText()).isEqualTo(CALLING);
        assertThat(shown.path("claims").path("jti").asText()).isEqualTo(TRANSACTION);
    }

    @Test
    void aMaskedTokenAsJsonHoldsNoWholeNumberEither() {
        run("token", "inspect", token(), "--json");

        assertThat(out.toString()).contains("zenith-1").doesNotContain(CALLING, CALLED, TRANSACTION);
    }

    @Test
    void aTokenFromAFileIsTheSame() throws IOException {
        Path file = Files.writeString(folder.resolve("token.jwt"), token() + "\n");

        int code = run("token", "inspect", file.toString());

        assertThat(code).isZero();
        assertThat(out.toString()).contains("zenith-1");
    }

    @Test
    void aTokenThatEveryGatewayWouldRefuseIsShownAndEndsWithExitCodeOne() {
        String[] parts = token().split("\\.", -1);
        String lying = parts[0] + "." + part("{\"aud\":\"zenith-1\\u001b[2J\",\"called\":\"" + CALLED + "\"}") + "."
                + parts[2];

        int code = run("token", "inspect", lying);

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().lines()).singleElement().asString().contains("BAD_CLAIMS");
        assertThat(out.toString()).contains("zenith-1").doesNotContain(CALLED, "\u001b");
    }

    private static List<String> paths(CommandLine command) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                command.getCommandSpec().qualifiedName().replaceFirst("callclear ?", "")),
                        command.getSubcommands().values().stream()
                                .filter(sub -> !sub.getCommandName().equals("help"))
                                .flatMap(sub -> paths(sub).stream()))
                .toList();
    }

    private String[] inFolder(String line) {
        return java.util.Arrays.stream(line.split(" "))
                .map(word -> word.matches(".*\\.(csv|yaml)|nowhere")
                        ? folder.resolve(word).toString()
                        : word)
                .toArray(String[]::new);
    }

    /** Nothing was judged: whoever runs it must not take it for a forged statement. */
    @Test
    void evidenceWithoutAKeyThatCanBeReadIsMisuse() throws IOException {
        Path statement = Files.writeString(folder.resolve("statement.json"), "{}");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "garbage");
        Path missing = folder.resolve("missing.pem");

        assertThat(run("audit", "verify", statement.toString(), "--key", missing.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--key", missing.toString());
        assertThat(run("audit", "verify", statement.toString(), "--key", garbage.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--key", garbage.toString());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aDurationThatIsNoneIsNamedWithWhatItMustBe() {
        assertThat(run("keys", "rotate", "--lasts", "banana")).isEqualTo(2);
        assertThat(err.toString()).contains("--lasts", "banana");
    }

    private int run(String... args) {
        return commandLine().execute(args);
    }

    private CommandLine commandLine() {
        return Callclear.with(
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true)),
                new ByteArrayInputStream(new byte[0]),
                died -> {},
                Clock.systemUTC());
    }

    /** Sound in its form; the signature is nobody's. */
    private static String token() {
        String claims = """
                {"iss":"callclear","aud":"zenith-1","jti":"%s","iat":1767225600,"nbf":1767225600,"exp":1767225660,
                "callId":"0197f0c8-5a3b-7c1d-8e2f-3a4b5c6d7e8f","leg":1,"calling":"%s","called":"%s",
                "originatingCarrier":"acme","terminatingCarrier":"zenith","maxDuration":3600,"terminationTerms":{
                "contract":"zenith-in","contractRevision":1,"deck":"zenith-deck","deckRevision":1,"prefix":"44",
                "destination":"United Kingdom","ratePerMinute":"0.012000","currency":"EUR","initialSeconds":1,
                "incrementSeconds":1,"connectFee":"0.000000","durationRounding":"CEILING",
                "incrementAnchor":"AFTER_INITIAL","roundingLevel":"PER_CALL","roundingRule":"HALF_UP",
                "roundingScale":6}}
                """.formatted(TRANSACTION, CALLING, CALLED);
        return part("{\"alg\":\"EdDSA\",\"kid\":\"key-1\",\"typ\":\"callclear+jwt\"}") + "." + part(claims) + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
