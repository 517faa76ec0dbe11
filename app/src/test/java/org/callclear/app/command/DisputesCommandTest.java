package org.callclear.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.callclear.app.logview.Numbers;
import org.callclear.app.rerating.RerateRun;
import org.callclear.app.rerating.Rerating;
import org.callclear.app.rerating.Scope;
import org.callclear.app.rerating.Settled;
import org.callclear.app.settling.Disputes;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Irregularity;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code disputes} and {@code rerate} print, and what they refuse before they reach for a system. */
class DisputesCommandTest {
    private static final Dispute OPEN = Disputes.open(60_000L, 120_000L);
    private static final List<Dispute> STATES = List.of(OPEN, Disputes.decided(OPEN, "SPLIT", "finance"));

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "disputes list --period someday",
                "disputes list --data nowhere",
                "disputes resolve c/1 --as SPLIT --by me --reason r",
                "disputes resolve c/1 --as SPLIT --seconds 1 --percent 1 --by me --reason r",
                "disputes resolve c/1 --as SPLIT --percent 101 --by me --reason r",
                "disputes resolve c/1 --as REJECTED --seconds 1 --by me --reason r",
                "rerate --contract c --from yesterday --to 2026-12-01 --dry-run",
                "rerate --contract c --from 2026-11-01 --to 2026-11-31 --dry-run",
                "rerate --contract c --from 2026-11-01T00:00:00 --to 2026-12-01 --dry-run",
                "rerate --contract c --from 2026-11-01 --to 2026-12-01 --by me",
                "rerate --contract c --from 2026-11-01 --to 2026-12-01 --by me --reason r --run a/b",
                "rerate --contract c --from 2026-11-01 --to 2026-12-01 --dry-run --run a",
                "rerate --contract c --from 2026-11-01 --to 2026-12-01 --dry-run --data nowhere"
            })
    void whatCannotBeDoneIsOneLineAndExitCodeOne(String line) {
        assertThat(run(line)).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "disputes show",
                "disputes list --state SHUT",
                "disputes resolve c/1 --as OPEN --by me --reason r",
                "disputes resolve c/1 --as REJECTED --by me",
                "disputes resolve c/1 --by me --reason r",
                "rerate --contract c --from 2026-11-01"
            })
    void whatIsMissingIsAskedFor(String line) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void aDisputeIsShownWithItsStatesItsReportsAndItsTerms() {
        String text = DisputeText.of(STATES, Numbers.MASKED);

        assertThat(text.lines())
                .anyMatch(line -> line.contains("OPEN") && line.contains(" 1 "))
                .anyMatch(line -> line.contains("SPLIT") && line.contains("finance") && line.contains("as agreed"))
                .anyMatch(line -> line.contains("acme") && line.contains("carrier.acme.cdrs-3-7"))
                .anyMatch(line -> line.contains("zenith") && line.contains("carrier.zenith.cdrs-3-8"))
                .anyMatch(line -> line.contains("0.012000") && line.contains("std") && line.contains("wholesale"));
        assertThat(text).contains("4989******", "4930******").doesNotContain(Disputes.CALLING, Disputes.CALLED);
        assertThat(DisputeText.of(List.of(Disputes.open(null, null)), Numbers.MASKED))
                .contains("nothing");
    }

    @Test
    void whoMaySeeNumbersSeesThemWhole() {
        assertThat(DisputeText.of(STATES, Numbers.SHOWN)).contains(Disputes.CALLING, Disputes.CALLED);
        assertThat(DisputeJson.of(STATES, Numbers.SHOWN)
                        .at("/evidence/0/called")
                        .asText())
                .isEqualTo(Disputes.CALLED);
    }

    @Test
    void aDisputeInJsonHasAllStatesAndNoNumbers() {
        JsonNode json = DisputeJson.of(STATES, Numbers.MASKED);

        assertThat(json.path("state").asText()).isEqualTo("SPLIT");
        assertThat(json.path("states"))
                .extracting(state -> state.path("state").asText())
                .containsExactly("OPEN", "SPLIT");
        assertThat(json.at("/evidence/1/source").asText()).isEqualTo("carrier.zenith.cdrs-3-8");
        assertThat(json.at("/disputed/origination/amount").asText()).isEqualTo("0.012000");
        assertThat(json.at("/disputed/origination/terms/deckRevision").asInt()).isEqualTo(9);
        assertThat(json.at("/states/0/withheld")).isEqualTo(json.at("/states/0/disputed"));
        assertThat(json.at("/withheld/origination").isNull())
                .as("nothing is withheld any more")
                .isTrue();
        assertThat(json.at("/withheld/termination").isNull()).isTrue();
        assertThat(json.toString()).doesNotContain(Disputes.CALLING, Disputes.CALLED);
        assertThat(DisputeJson.of(Disputes.open(null, null), Numbers.MASKED)
                        .at("/withheld/origination")
                        .isNull())
                .isTrue();
    }

    @Test
    void whatIsWrongStandsInTheTextAsASentenceAndInJsonAsAWord() {
        Dispute claim = Dispute.newBuilder(Disputes.open(null, null))
                .setReconciliation(ReconciliationClass.UNAUTHORIZED)
                .setDetail("mallory was not authorized as the terminating side of leg 1 of this call")
                .setIrregularities(List.of(Irregularity.REPORTER_NOT_GRANTED))
                .build();

        assertThat(DisputeText.of(List.of(claim), Numbers.MASKED)).contains("UNAUTHORIZED: mallory was not authorized");
        assertThat(DisputeJson.of(claim, Numbers.MASKED).at("/irregularities/0").asText())
                .isEqualTo("REPORTER_NOT_GRANTED");
        assertThat(DisputeJson.of(claim, Numbers.MASKED).at("/detail").asText()).contains("mallory");
    }

    @Test
    void aListHasALineForEachDispute() {
        List<String> lines = DisputeText.list(STATES).lines().toList();
        assertThat(lines.get(0)).contains("disputed (from)", "disputed (to)", "withheld (from)", "withheld (to)");
        assertThat(lines.get(1))
                .contains(Disputes.CALL + "/1", "120.000")
                .containsPattern("0.012000 EUR +0.010000 EUR +0.012000 EUR +0.010000 EUR");
        assertThat(lines.get(2)).containsPattern("SPLIT.* 0.012000 EUR +0.010000 EUR +- +-");
        assertThat(DisputeText.list(List.of())).isNotBlank();
    }

    @Test
    void aDifferenceReadsTheSameInEveryLocale() {
        Rerating rerating = rerating();
        String here = RerateText.of(rerating);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(RerateText.of(rerating)).isEqualTo(here);
            assertThat(DisputeText.of(STATES, Numbers.MASKED)).contains("120.000");
        } finally {
            Locale.setDefault(before);
        }
        assertThat(here.lines())
                .anyMatch(line -> line.contains("zenith") && line.contains("-0.003000"))
                .anyMatch(line -> line.contains("left alone: 1"));
    }

    @Test
    void aDifferenceInJsonHasLinesTotalsAndWhatIsLeftAlone() {
        JsonNode json = RerateJson.of(rerating());

        assertThat(json.at("/lines/0/newRate").asText()).isEqualTo("0.009000");
        assertThat(json.at("/totals/EUR/difference").asText()).isEqualTo("-0.003000");
        assertThat(json.at("/leftAlone/UNRATED").asInt()).isEqualTo(1);
        assertThat(json.at("/unpriced/0/called").asText()).isEqualTo("3312*****");
    }

    @Test
    void everyHeadingOfADifferenceMeansOneThing() {
        List<List<String>> headings = RerateText.of(rerating())
                .lines()
                .filter(line -> line.contains("new amount"))
                .map(line -> List.of(line.strip().split(" {2,}", -1)))
                .toList();

        assertThat(headings).hasSize(2).allSatisfy(cells -> assertThat(cells).doesNotHaveDuplicates());
        assertThat(headings.get(0)).contains("withheld difference").doesNotContain("withheld");
        assertThat(headings.get(1)).contains("withheld", "new withheld", "withheld difference");
    }

    @Test
    void whatHadNoPriceShowsNone() {
        Rerating rerating = Rerating.of(List.of(Settled.call("a").unrated().found()), scope());

        assertThat(RerateText.of(rerating).lines())
                .anyMatch(line -> line.matches(" *zenith +Germany +49 +- +0.009000 +1 +- +0.009000 +0.009000 .*"));
        JsonNode line = RerateJson.of(rerating).at("/lines/0");
        assertThat(line.path("rate").isNull()).isTrue();
        assertThat(line.path("amount").isNull()).isTrue();
        assertThat(line.path("newRate").asText()).isEqualTo("0.009000");
        assertThat(line.path("difference").asText()).isEqualTo("0.009000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--by", "--reason"})
    void whatWasNotGivenIsSaidNotToHaveBeen(String option) {
        String other = option.equals("--by") ? " --reason r" : " --by me";

        assertThat(run("rerate --contract c --from 2026-11-01 --to 2026-12-01" + other))
                .isEqualTo(1);
        assertThat(err.toString()).contains(option + ": was not given").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.0", "5s", "99999999999999999999"})
    void secondsThatAreNotWholeAreNamedAsSuch(String seconds) {
        assertThat(run("disputes resolve c/1 --as SPLIT --by me --reason r --seconds " + seconds))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--seconds", "'" + seconds + "'", "whole seconds")
                .hasLineCount(1);
    }

    @Test
    void whatBecameOfARunIsCounted() {
        RerateRun.Result done =
                new RerateRun.Result(3, 1, 2, List.of(new RerateRun.Refusal("r-1", "c", 0, "because")), 1);

        assertThat(RerateText.of("r", done)).contains("3 commands", "2 accepted", "1 refused", "1 not answered");
        assertThat(RerateJson.of("r", done).at("/refusals/0/detail").asText()).isEqualTo("because");
    }

    @Test
    void aDayBeginsWhereItsCalendarIsKept() {
        TimeBound day = TimeBound.parse("--from", "2026-03-30");

        assertThat(day.at(ZoneId.of("Europe/Berlin"))).isEqualTo("2026-03-29T22:00:00Z");
        assertThat(day.at(ZoneId.of("UTC"))).isEqualTo("2026-03-30T00:00:00Z");
        assertThat(TimeBound.parse("--from", "2026-03-30T01:00:00+01:00").at(ZoneId.of("Asia/Tokyo")))
                .isEqualTo("2026-03-30T00:00:00Z");
    }

    private static Rerating rerating() {
        return Rerating.of(
                List.of(
                        Settled.call("a").found(),
                        Settled.call("b").called("331234567").found()),
                scope());
    }

    private static Scope scope() {
        return new Scope(
                Settled.contract(Role.ORIGINATING, 1),
                Settled.deck(2, "49", "0.009"),
                java.time.Instant.parse("2026-11-23T00:00:00Z"),
                java.time.Instant.parse("2026-11-24T00:00:00Z"),
                false);
    }

    private int run(String line) {
        return Callclear.with(
                        new Terminal(new PrintWriter(out, true), new PrintWriter(err, true)),
                        new ByteArrayInputStream(new byte[0]),
                        died -> {},
                        Clock.systemUTC())
                .execute(line.replace("nowhere", folder.resolve("nowhere").toString())
                        .split(" "));
    }
}
