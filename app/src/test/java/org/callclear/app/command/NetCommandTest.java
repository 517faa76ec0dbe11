package org.callclear.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.callclear.app.settling.Ledgers;
import org.callclear.app.settling.NettingReport;
import org.callclear.settlement.net.ExchangeRate;
import org.callclear.settlement.net.RateBook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net someday",
                "net 2026-11@Europe/Berlin",
                "net 2026-11 --currency ABC",
                "net 2026-11 --convert ABC --rates good.csv",
                "net 2026-11 --convert EUR --rates none.csv",
                "net 2026-11 --convert EUR --rates good.csv --post --by me --reason paid",
                "net 2026-11 --data nowhere"
            })
    void whatCannotBeDoneIsOneLineAndExitCodeOne(String line) throws IOException {
        assertThat(run(line)).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "net",
                "net 2026-11 --convert EUR",
                "net 2026-11 --rates good.csv",
                "net 2026-11 --post",
                "net 2026-11 --post --by me",
                "net 2026-11 --by me --reason paid"
            })
    void whatBelongsTogetherIsAskedForTogether(String line) throws IOException {
        assertThat(run(line)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void nobodyPostsForNoReason() {
        assertThat(commandLine("net", "2026-11", "--post", "--by", "me", "--reason", " "))
                .isEqualTo(1);
        assertThat(err.toString()).contains("--reason");
    }

    @Test
    void everyFaultOfTheRatesIsALine() throws IOException {
        assertThat(run("net 2026-11 --convert EUR --rates lies.csv")).isEqualTo(1);
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("lies.csv:2", "ABC"),
                        line -> assertThat(line).contains("lies.csv:3", "-1"));
    }

    @Test
    void theTextShowsTheVectorInWholeColumns() {
        String text = NettingText.of(Ledgers.vector().net("2026-11", null));

        assertThat(text.lines())
                .contains(
                        "  method        payments  total       saving      saving %",
                        "  gross                6  440.000000",
                        "  bilateral            3  180.000000  260.000000     59.09",
                        "  multilateral         1   30.000000  410.000000     93.18");
        assertThat(text.lines().map(String::strip)).contains("a1    b1  40.000000", "b1    a1   30.00");
    }

    @Test
    void theTextSaysWhatIsWithheldAndWhatIsBroughtForward() {
        String text = NettingText.of(Ledgers.vector()
                .calls("a1", "b1", "0.5", "0.25", "EUR", "2026-10")
                .closed("2026-10", "a1", "b1", "c1")
                .disputed("a1", "c1", "7.25", "6.125", "2026-11")
                .net("2026-11", null));

        assertThat(text).contains("-7.250000", "6.125000", "-0.500000", "-29.75", "29.50", "0.25");
    }

    @Test
    void whatIsPostedAlreadyIsSaidAndCountsAsBefore() {
        NettingReport posted = Ledgers.vector()
                .paid("2026-11", "a1", "30")
                .paid("2026-11", "b1", "-30")
                .net("2026-11", null);
        NettingReport open = Ledgers.vector().net("2026-11", null);

        assertThat(NettingText.of(posted)).startsWith(NettingText.of(open)).isNotEqualTo(NettingText.of(open));
        assertThat(NettingJson.of(posted).at("/currencies/0/settledAlready").asBoolean())
                .isTrue();
    }

    @Test
    void aPeriodThatALaterNettingPaidIsNotPostedAgain() {
        assertThat(NettingPosting.overtaken(
                        Ledgers.vector().paid("2026-12", "a1", "30").net("2026-11", null)))
                .singleElement()
                .asString()
                .contains("2026-11", "EUR", "2026-12");
        assertThat(NettingPosting.overtaken(
                        Ledgers.vector().paid("2026-10", "a1", "30").net("2026-11", null)))
                .isEmpty();
    }

    @Test
    void theJsonHoldsExactStrings() {
        JsonNode json = NettingJson.of(Ledgers.vector().net("2026-11", null));

        JsonNode euro = json.at("/currencies/0");
        assertThat(json.path("period").asText()).isEqualTo("2026-11");
        assertThat(euro.at("/gross/total").asText()).isEqualTo("440.000000");
        assertThat(euro.at("/bilateral/total").asText()).isEqualTo("180.000000");
        assertThat(euro.at("/multilateral/savingPercent").asText()).isEqualTo("93.18");
        assertThat(euro.at("/payments")).singleElement().satisfies(payment -> {
            assertThat(payment.path("from").asText()).isEqualTo("b1");
            assertThat(payment.path("to").asText()).isEqualTo("a1");
            assertThat(payment.path("amount").asText()).isEqualTo("30.00");
        });
        assertThat(euro.at("/positions/2/position").asText()).isEqualTo("0.000000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "fr", "en", "ar"})
    void theFiguresAreTheSameInEveryLocale(String language) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(language));
            String text = NettingText.of(together());

            assertThat(text).contains("-20.000000", "1/1.25", "2026-11-27", "-16.00", "14.00");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aConversionShowsAmountsRatesAndDates() {
        JsonNode json = NettingJson.of(together());

        assertThat(json.at("/lines/0/parts/1/amount").asText()).isEqualTo("-20.000000");
        assertThat(json.at("/lines/0/parts/1/rate").asText()).isEqualTo("1/1.25");
        assertThat(json.at("/lines/0/parts/1/dated").asText()).isEqualTo("2026-11-27");
        assertThat(json.at("/lines/0/parts/1/converted").asText()).isEqualTo("-16.00");
        assertThat(json.at("/lines/0/net").asText()).isEqualTo("14.00");
    }

    private static NettingReport.InOneCurrency together() {
        return Ledgers.vector()
                .calls("a1", "b1", "20", "20", "USD", "2026-11")
                .net("2026-11", null)
                .in(
                        "EUR",
                        RateBook.of(List.of(new ExchangeRate(
                                LocalDate.parse("2026-11-27"), "EUR", "USD", new BigDecimal("1.25")))));
    }

    private int run(String line) throws IOException {
        Files.writeString(folder.resolve("good.csv"), "date,from,to,rate\n2026-11-30,USD,EUR,0.9\n");
        Files.writeString(
                folder.resolve("lies.csv"), "date,from,to,rate\n2026-11-30,ABC,EUR,0.9\n2026-11-30,USD,EUR,-1\n");
        return commandLine(Arrays.stream(line.split(" "))
                .map(word ->
                        word.matches(".*\\.csv|nowhere") ? folder.resolve(word).toString() : word)
                .toArray(String[]::new));
    }

    private int commandLine(String... args) {
        return Callclear.with(
                        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true)),
                        new ByteArrayInputStream(new byte[0]),
                        died -> {},
                        Clock.systemUTC())
                .execute(args);
    }
}
