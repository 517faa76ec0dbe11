package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.systemtests.oracle.SmallCalls.DUE;
import static org.callclear.systemtests.oracle.SmallCalls.FEE;
import static org.callclear.systemtests.oracle.SmallCalls.NOON;
import static org.callclear.systemtests.oracle.SmallCalls.OWED;
import static org.callclear.systemtests.oracle.SmallCalls.at;
import static org.callclear.systemtests.oracle.SmallCalls.close;
import static org.callclear.systemtests.oracle.SmallCalls.corrected;
import static org.callclear.systemtests.oracle.SmallCalls.decimal;
import static org.callclear.systemtests.oracle.SmallCalls.settle;
import static org.callclear.systemtests.oracle.SmallCalls.totals;
import static org.callclear.testkit.settlement.CallStory.aCall;
import static org.callclear.testkit.settlement.Orders.rerate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules of docs/settlement.md come to, in small: fees, re-rating, periods and statements. The calls are those of {@link SmallCalls}. */
class OracleOfPeriodsTest {
    @BeforeAll
    static void trust() {
        AvroTrust.establish();
    }

    @Test
    void anAttemptCostsItsFeeWhenBothReportIt() {
        RateTerms charged = RateTerms.newBuilder(Terms.perMinute("EUR", "0.012"))
                .setAttemptFee(decimal("0.001"))
                .build();
        CallStory call =
                aCall("a").priced(charged, Terms.perMinute("EUR", "0.010")).unanswered();

        Outcome one = settle(call.grant(), call.originatingReport());
        Outcome both =
                settle(call.grant(), call.originatingReport(), call.terminatingReport(), close("2026-11", "2026-12"));

        assertThat(one.accounts()).isEmpty();
        assertThat(totals(both)).isEqualTo(Map.of(OWED, "0.001000", FEE, "-0.001000"));
        assertThat(both.statements().get("zenith-2026-11-1"))
                .contains("\"amount\":\"0.000000\"", "\"kind\":\"ATTEMPTS\"");
    }

    @Test
    void reratingPricesOneSideAnew() {
        CallStory call = aCall("a").talked(60);
        RerateCall command = rerate("r", call, Role.ORIGINATING, Terms.perMinute("EUR", "0.015"));

        assertThat(totals(settle(call.grant(), call.originatingReport(), call.terminatingReport(), command)))
                .isEqualTo(Map.of(OWED, "0.015000", DUE, "-0.010000", FEE, "-0.005000"));
    }

    @ParameterizedTest
    @CsvSource({"0.018,0.018000", "0.012,0.015000"})
    void whatReratingSetHoldsWhileTheTermsItReplacedAreStamped(String stamped, String owed) {
        CallStory call = aCall("a").imported().talked(60);
        AcceptedCdr corrected = aCall("a")
                .imported()
                .priced(Terms.perMinute("EUR", stamped), Terms.perMinute("EUR", "0.010"))
                .version(2)
                .originatingReport();

        Outcome outcome = settle(
                call.originatingReport(),
                call.terminatingReport(),
                rerate("r", call, Role.ORIGINATING, Terms.perMinute("EUR", "0.015")),
                corrected);

        assertThat(outcome.accounts()).containsEntry(OWED, owed);
    }

    @Test
    void thePromisedTermsOfTheTerminationAreNotReratedWithOrWithoutItsGrant() {
        CallStory call = aCall("a").talked(60);
        RerateCall command = rerate("r", call, Role.TERMINATING, Terms.perMinute("EUR", "0.015"));

        assertThat(settle(call.originatingReport(), call.terminatingReport(), command, call.grant())
                        .accounts())
                .containsEntry(DUE, "-0.010000");
    }

    @Test
    void aCallThatComesLateStandsOnTheOpenPeriodAndNamesItsOwn() {
        CallStory call = aCall("a").talked(60).answeredAt(Instant.parse("2026-10-31T23:59:59.999Z"));

        Outcome outcome = settle(
                close(null, "2026-10"),
                close("2026-10", "2026-11"),
                call.grant(),
                call.originatingReport(),
                call.terminatingReport(),
                close("2026-11", "2026-12"));

        assertThat(outcome.statements()).containsKeys("acme-2026-10-1", "acme-2026-11-2");
        assertThat(outcome.statements().get("acme-2026-10-1")).contains("\"lines\":[]");
        assertThat(outcome.statements().get("acme-2026-11-2")).contains("\"origin_period\":\"2026-10\"");
    }

    @Test
    void whoIsNotListedGetsAStatementOfWhatComesToNothingToo() {
        CallStory call = aCall("a").talked(60);
        CallStory unanswered = aCall("a").unanswered().version(2);

        Outcome outcome = settle(
                call.grant(),
                call.originatingReport(),
                call.terminatingReport(),
                unanswered.originatingReport(),
                unanswered.terminatingReport(),
                PeriodBarrier.newBuilder(close("2026-11", "2026-12"))
                        .setCarriers(List.of())
                        .build());

        assertThat(outcome.statements()).containsOnlyKeys("acme-2026-11-1", "zenith-2026-11-1");
        assertThat(outcome.statements().get("acme-2026-11-1")).contains("\"lines\":[]");
    }

    @Test
    void aCallOfTheNextPeriodDoesNotStandOnOneThatIsClosedLate() {
        CallStory call = aCall("a").talked(60).answeredAt(Instant.parse("2026-12-01T00:00:00Z"));

        Outcome outcome = settle(
                close(null, "2026-11"),
                call.grant(),
                call.originatingReport(),
                call.terminatingReport(),
                close("2026-11", "2026-12"));

        assertThat(outcome.statements().get("acme-2026-11-1")).contains("\"lines\":[]");
        assertThat(outcome.accounts()).containsKey("carrier:acme EUR 2026-12 RECEIVABLE");
    }

    @Test
    void aLineIsRoundedFromItsExactSumAndTheDifferenceIsPosted() {
        RateTerms byLine = RateTerms.newBuilder(Terms.perMinute("EUR", "0.01"))
                .setRoundingLevel(RoundingLevel.PER_STATEMENT_LINE)
                .setRoundingScale(2)
                .build();
        CallStory call =
                aCall("a").priced(byLine, Terms.perMinute("EUR", "0.01")).talked(40); // 0.00666...

        Outcome outcome =
                settle(call.grant(), call.originatingReport(), call.terminatingReport(), close("2026-11", "2026-12"));

        assertThat(outcome.accounts())
                .containsEntry(OWED, "0.006667")
                .containsEntry("carrier:acme EUR 2026-11 ADJUSTMENT", "0.003333");
        assertThat(outcome.statements().get("acme-2026-11-1"))
                .contains("\"amount\":\"0.010000\"")
                .contains("\"exact\":\"1/150\"", "\"payable\":\"0.01\"", "\"rounding_difference\":\"0.003333333333\"");
    }

    @Test
    void whatIsWithheldStandsByTheClassThatWasFoundLast() {
        CallStory call = aCall("a").talked(60);
        CallStory longer = aCall("b").talkedMillis(90_000, 60_000);
        Outcome outcome = settle(
                close(null, "2026-11"),
                longer.grant(),
                longer.originatingReport(),
                longer.terminatingReport(),
                call.grant(),
                call.originatingReport(),
                at(aCall("c").unanswered().originatingReport(), NOON.plusSeconds(86_400)), // the other side is given up
                at(aCall("a").talked(60).called("4930999999").terminatingReport(), NOON.plusSeconds(86_400)),
                close("2026-11", "2026-12"));

        assertThat(outcome.statements().get("acme-2026-11-1"))
                .containsSubsequence(
                        "\"disputed\":[{\"amount\":\"0.012000\"",
                        "\"class\":\"DESTINATION_MISMATCH\"",
                        "\"amount\":\"0.006000\"",
                        "\"class\":\"DURATION_MISMATCH\"")
                .doesNotContain("ONLY_ORIGINATING");
    }

    @Test
    void aStatementIsTheseBytes() {
        CallStory call = aCall("a").talked(61);

        Outcome outcome = settle(
                close(null, "2026-11"),
                call.grant(),
                call.originatingReport(),
                call.terminatingReport(),
                close("2026-11", "2026-12"));

        assertThat(outcome.statements().get("acme-2026-11-1")).isEqualTo(Expected.STATEMENT);
    }

    private static final class Expected {
        static final String STATEMENT = "{\"disputed\":[],\"header\":{\"carrier\":\"acme\",\"contracts\":[\"std@1\"],"
                + "\"currencies\":[\"EUR\"],\"decks\":[\"deck-EUR@3\"],\"engine\":\"callclear-settlement/5\","
                + "\"from\":\"2026-11-01T00:00:00.000Z\",\"log_positions\":[{\"from\":0,\"partition\":0,\"to\":4}],"
                + "\"parties\":[{\"id\":\"clearinghouse\",\"role\":\"clearinghouse\"},{\"id\":\"acme\",\"role\":\"carrier\"},"
                + "{\"id\":\"zenith\",\"role\":\"counterparty\"}],\"period\":\"2026-11\",\"sequence\":1,"
                + "\"statement_id\":\"acme-2026-11-1\",\"time_zone\":\"UTC\",\"to\":\"2026-12-01T00:00:00.000Z\"},"
                + "\"lines\":[{\"amount\":\"0.012200\",\"billed_seconds\":61,\"calls\":1,\"counterparty\":\"zenith\","
                + "\"currency\":\"EUR\",\"destination\":\"Germany\",\"kind\":\"CALLS\",\"prefix\":\"49\","
                + "\"rate_per_minute\":\"0.012000\",\"seconds\":61,\"side\":\"ORIGINATING\"}],"
                + "\"trailer\":{\"disputed\":[],\"first_answer_date\":\"2026-11-23\",\"last_answer_date\":\"2026-11-23\","
                + "\"lines\":1,\"originating\":{\"billed_seconds\":61,\"calls\":1,\"seconds\":61},"
                + "\"terminating\":{\"billed_seconds\":0,\"calls\":0,\"seconds\":0},"
                + "\"totals\":[{\"currency\":\"EUR\",\"due\":\"0.000000\",\"exact\":\"0.0122\",\"owed\":\"0.012200\","
                + "\"payable\":\"0.01\",\"rounding_difference\":\"-0.002200\"}]}}";
    }
}
