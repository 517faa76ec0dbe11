package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.callclear.testkit.settlement.CallStory.aCall;
import static org.callclear.testkit.settlement.Orders.rerate;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the rules of docs/settlement.md come to, in small: calls from acme to zenith at 0.012 EUR a minute, of which zenith is
 * due 0.010; tolerance 2 s, 3600 s at most. So a minute is 0.012 owed, 0.010 due, and 0.002 stays.
 */
class OracleTest {
    private static final long AN_HOUR = 3_600;
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final String OWED = "carrier:acme EUR 2026-11 RECEIVABLE";
    private static final String DUE = "carrier:zenith EUR 2026-11 PAYABLE";
    private static final String FEE = "clearinghouse:fee EUR 2026-11 FEE";
    private static final String WITHHELD = "suspense:acme EUR 2026-11 SUSPENSE";

    @BeforeAll
    static void trust() {
        AvroTrust.establish();
    }

    @Test
    void aCallBothSidesAgreeOnIsPaidOnce() {
        CallStory call = aCall("a").talked(60);

        Outcome outcome =
                settle(call.grant(), call.originatingReport(), call.terminatingReport(), call.originatingReport());

        assertThat(totals(outcome)).isEqualTo(Map.of(OWED, "0.012000", DUE, "-0.010000", FEE, "-0.002000"));
        assertThat(outcome.disputes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "60000,62000,62,", // within tolerance the terminating side settles
        "60000,62001,60,DURATION_MISMATCH", // beyond it the smaller
        "3601000,3601000,3600,", // not more than authorized, but no overrun within the tolerance
        "3602000,3602000,3600,",
        "3602001,3602001,3600,OVERRUN"
    })
    void theTableSaysWhatSettles(long o, long t, long settledSeconds, String found) {
        CallStory call = aCall("a").talkedMillis(o, t);

        Outcome outcome = settle(call.terminatingReport(), call.grant(), call.originatingReport());

        assertThat(outcome.accounts()).containsEntry(OWED, micros(settledSeconds * 200));
        assertThat(outcome.disputes().values())
                .containsExactlyElementsOf(found == null ? List.of() : List.of(found + " OPEN"));
    }

    @Test
    void whatIsClaimedBeyondIsWithheldOnBothSides() {
        CallStory call = aCall("a").talkedMillis(60_000, 90_000);

        assertThat(settle(call.grant(), call.originatingReport(), call.terminatingReport())
                        .accounts())
                .containsEntry(OWED, "0.012000")
                .containsEntry(WITHHELD, "0.006000")
                .containsEntry("suspense:zenith EUR 2026-11 SUSPENSE", "-0.005000")
                .containsEntry("clearinghouse:suspense EUR 2026-11 SUSPENSE", "-0.001000");
    }

    @ParameterizedTest
    @CsvSource({"ACCEPTED,,0.018000", "REJECTED,,0.012000", "WITHDRAWN,,0.012000", "SPLIT,75000,0.015000"})
    void aDecisionSettlesAndWithholdsNothing(Resolution resolution, Long settled, String owed) {
        CallStory call = aCall("a").talkedMillis(60_000, 90_000);

        Outcome outcome = settle(
                call.grant(), call.originatingReport(), call.terminatingReport(), decide(call, resolution, settled));

        assertThat(outcome.accounts()).containsEntry(OWED, owed).doesNotContainKey(WITHHELD);
        assertThat(outcome.disputes())
                .containsEntry(
                        call.callId() + "/1",
                        resolution == Resolution.WITHDRAWN ? "WITHDRAWN" : "DURATION_MISMATCH " + resolution);
    }

    @Test
    void aDecisionFallsWhenTheReportsChange() {
        CallStory call = aCall("a").talkedMillis(60_000, 90_000);

        Outcome outcome = settle(
                call.grant(),
                call.originatingReport(),
                call.terminatingReport(),
                decide(call, Resolution.ACCEPTED, null),
                corrected(call, call.terminatingReport(), 120_000, 2));

        assertThat(outcome.accounts()).containsEntry(OWED, "0.012000").containsEntry(WITHHELD, "0.012000");
        assertThat(outcome.disputes()).containsEntry(call.callId() + "/1", "DURATION_MISMATCH OPEN");
    }

    @ParameterizedTest
    @CsvSource({"ACCEPTED,", "SPLIT,30000"})
    void nothingIsOwedThatOneSideAloneWouldPayOrBePaidFor(Resolution resolution, Long settled) {
        CallStory call = aCall("a").imported().talked(60);

        Outcome outcome = settle(
                call.terminatingReport(),
                at(aCall("b").originatingReport(), NOON.plusSeconds(2 * AN_HOUR)),
                decide(call, resolution, settled));

        assertThat(outcome.disputes()).containsEntry(call.callId() + "/0", "ONLY_TERMINATING OPEN");
        assertThat(outcome.accounts()).doesNotContainKeys(OWED, DUE);
    }

    @Test
    void aDecisionFallsWhenASideLosesItsTerms() {
        CallStory call = aCall("a").imported().answeredOnlyToTheGateway();
        AcceptedCdr unrated = aCall("a")
                .imported()
                .answeredOnlyToTheGateway()
                .notOwedFor(Rating.UNRATED)
                .version(2)
                .originatingReport();

        Outcome before =
                settle(call.originatingReport(), call.terminatingReport(), decide(call, Resolution.ACCEPTED, null));
        Outcome after = settle(
                call.originatingReport(), call.terminatingReport(), decide(call, Resolution.ACCEPTED, null), unrated);

        assertThat(before.accounts()).containsEntry(OWED, "0.012000").containsEntry(DUE, "-0.010000");
        assertThat(after.accounts()).doesNotContainKeys(OWED, DUE);
        assertThat(after.disputes()).containsEntry(call.callId() + "/0", "ONLY_TERMINATING OPEN");
    }

    @Test
    void aCorrectionThatMakesBothAgreeWithdrawsTheDispute() {
        CallStory call = aCall("a").talkedMillis(60_000, 90_000);

        Outcome outcome = settle(
                call.grant(),
                call.originatingReport(),
                call.terminatingReport(),
                corrected(call, call.terminatingReport(), 60_000, 2));

        assertThat(outcome.accounts()).containsEntry(OWED, "0.012000").doesNotContainKey(WITHHELD);
        assertThat(outcome.disputes()).containsEntry(call.callId() + "/1", "WITHDRAWN");
    }

    @Test
    void theHighestVersionCountsWhateverCameFirst() {
        CallStory call = aCall("a").talked(60);
        AcceptedCdr right = corrected(call, call.terminatingReport(), 60_000, 2);
        AcceptedCdr wrong = corrected(call, call.terminatingReport(), 90_000, 1);
        AcceptedCdr conflict = corrected(call, call.terminatingReport(), 99_000, 2);

        Outcome outcome = settle(call.grant(), call.originatingReport(), right, wrong, conflict);

        assertThat(outcome.accounts()).containsEntry(OWED, "0.012000").doesNotContainKey(WITHHELD);
    }

    @Test
    void aReportIsCorrectedAThousandTimesAndNoMore() {
        CallStory call = aCall("a").talked(60);
        List<SpecificRecord> records =
                new ArrayList<>(List.of(call.grant(), call.originatingReport(), call.terminatingReport()));
        for (int version = 2; version <= 1_001; version++) {
            records.add(corrected(call, call.terminatingReport(), version == 1_001 ? 59_000 : 60_000, version));
        }
        records.add(corrected(call, call.terminatingReport(), 30_000, 1_002));

        assertThat(settle(records.toArray(SpecificRecord[]::new)).accounts())
                .containsEntry(OWED, "0.011800")
                .doesNotContainKey(WITHHELD);
    }

    @Test
    void aLoneReportIsGivenUpWhenLogTimeHasPassedAndAllIsWellWhenTheOtherComes() {
        CallStory call = aCall("a").talked(60);
        AcceptedCdr first = call.originatingReport();
        CallStory other = aCall("b").talked(60).answeredAt(NOON.plusSeconds(AN_HOUR));

        Outcome before = settle(call.grant(), first, at(other.originatingReport(), NOON.plusSeconds(90 + AN_HOUR - 1)));
        Outcome after = settle(call.grant(), first, at(other.originatingReport(), NOON.plusSeconds(90 + AN_HOUR)));
        Outcome late = settle(
                call.grant(),
                first,
                at(other.originatingReport(), NOON.plusSeconds(90 + AN_HOUR)),
                call.terminatingReport());

        assertThat(before.accounts()).isEmpty();
        assertThat(after.accounts()).containsEntry(WITHHELD, "0.012000").doesNotContainKey(OWED);
        assertThat(after.disputes()).containsEntry(call.callId() + "/1", "ONLY_ORIGINATING OPEN");
        assertThat(totals(late)).isEqualTo(Map.of(OWED, "0.012000", DUE, "-0.010000", FEE, "-0.002000"));
        assertThat(late.disputes()).containsEntry(call.callId() + "/1", "WITHDRAWN");
    }

    @Test
    void withoutAGrantNothingIsClaimed() {
        CallStory call = aCall("a").talked(60);

        Outcome outcome = settle(
                call.originatingReport(),
                call.terminatingReport(),
                at(aCall("b").originatingReport(), NOON.plusSeconds(2 * AN_HOUR)));

        assertThat(outcome.accounts()).isEmpty();
        assertThat(outcome.disputes()).isEqualTo(Map.of(call.callId() + "/1", "UNAUTHORIZED OPEN"));
    }

    @Test
    void aStrangersReportNeverCounts() {
        CallStory call = aCall("a").talked(60);
        AcceptedCdr stranger = AcceptedCdr.newBuilder(call.terminatingReport())
                .setReporter("lumen")
                .build();

        Outcome outcome = settle(call.grant(), call.originatingReport(), stranger);

        assertThat(outcome.accounts()).isEmpty();
        assertThat(outcome.disputes()).isEqualTo(Map.of(call.callId() + "/1/TERMINATING/lumen", "UNAUTHORIZED OPEN"));
        assertThat(outcome.reasons())
                .containsExactly(entry(call.callId() + "/1/TERMINATING/lumen", "REPORTER_NOT_GRANTED"));
    }

    @Test
    void whyAReportIsAStrangersChangesAndEndsWithIt() {
        CallStory call = aCall("a").orElseTo("lumen");
        String dispute = call.callId() + "/1/TERMINATING/zenith";
        AcceptedCdr wrong = named(call, "0".repeat(32), 1);
        AcceptedCdr otherwise = named(call, call.grant().getRoutes().get(1).getTransactionId(), 2);
        AcceptedCdr right = named(call, call.grant().getRoutes().get(0).getTransactionId(), 3);

        assertThat(settle(call.grant(), wrong).reasons()).containsEntry(dispute, "OTHER_TRANSACTION");
        assertThat(settle(call.grant(), wrong, otherwise).reasons())
                .containsEntry(dispute, "TRANSACTION_OF_ANOTHER_LEG");
        Outcome last = settle(call.grant(), wrong, otherwise, right);
        assertThat(last.reasons()).containsEntry(dispute, "");
        assertThat(last.disputes()).containsEntry(dispute, "WITHDRAWN");
    }

    private static AcceptedCdr named(CallStory call, String transactionId, int version) {
        AcceptedCdr report = call.terminatingReport();
        return AcceptedCdr.newBuilder(report)
                .setCdr(CallDetailRecord.newBuilder(report.getCdr())
                        .setTransactionId(transactionId)
                        .setVersion(version)
                        .build())
                .build();
    }

    @ParameterizedTest
    @CsvSource({"33,1,ANY,true", "34,0.005,ANY,true", "34,0.006,ANY,false", "33,0.006,ALL,false", "33,0.005,ALL,true"})
    void aGateLetsSmallDifferencesGo(String percent, String amount, GateRule rule, boolean disputed) {
        CallStory call = aCall("a").talkedMillis(60_000, 90_000); // 0.006 of 0.018: a third
        Grant gated = Grant.newBuilder(call.grant())
                .setGate(DisputeGate.newBuilder()
                        .setPercent(decimal(percent))
                        .setAmount(decimal(amount))
                        .setRule(rule)
                        .build())
                .build();

        Outcome outcome = settle(gated, call.originatingReport(), call.terminatingReport());

        assertThat(outcome.accounts()).containsEntry(OWED, "0.012000");
        assertThat(outcome.disputes()).hasSize(disputed ? 1 : 0);
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
        RerateCall command = RerateCall.newBuilder()
                .setCommandId("r")
                .setRunId("r")
                .setCallId(call.callId())
                .setLeg(1)
                .setSide(Role.ORIGINATING)
                .setTerms(Terms.perMinute("EUR", "0.015"))
                .setRequestedBy("finance")
                .setRequestedAt(NOON)
                .setReason("test")
                .build();

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
        RerateCall command = RerateCall.newBuilder()
                .setCommandId("r")
                .setRunId("r")
                .setCallId(call.callId())
                .setLeg(1)
                .setSide(Role.TERMINATING)
                .setTerms(Terms.perMinute("EUR", "0.015"))
                .setRequestedBy("finance")
                .setRequestedAt(NOON)
                .setReason("test")
                .build();

        assertThat(settle(call.originatingReport(), call.terminatingReport(), command, call.grant())
                        .accounts())
                .containsEntry(DUE, "-0.010000");
    }

    @ParameterizedTest
    @CsvSource({"SPLIT,59999", "SPLIT,90001", "SPLIT,"})
    void aSplitOutsideOfWhatSettlesAndIsClaimedIsRefused(Resolution resolution, Long settled) {
        CallStory call = aCall("a").talkedMillis(60_000, 90_000);

        Outcome outcome = settle(
                call.grant(), call.originatingReport(), call.terminatingReport(), decide(call, resolution, settled));

        assertThat(outcome.disputes()).containsEntry(call.callId() + "/1", "DURATION_MISMATCH OPEN");
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
                + "\"currencies\":[\"EUR\"],\"decks\":[\"deck-EUR@3\"],\"engine\":\"callclear-settlement/3\","
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

    private static Outcome settle(SpecificRecord... records) {
        return Oracle.settle(List.of(new ArrayList<>(Arrays.asList(records))), AN_HOUR);
    }

    /** The accounts' sums, without those of each attempt. */
    private static Map<String, String> totals(Outcome outcome) {
        Map<String, String> totals = new TreeMap<>(outcome.accounts());
        totals.keySet().removeIf(account -> account.split(" ").length > 4);
        return totals;
    }

    private static PeriodBarrier close(@Nullable String closes, String opens) {
        return PeriodBarrier.newBuilder()
                .setCloses(closes)
                .setOpens(opens)
                .setCarriers(List.of("acme", "zenith"))
                .setCommandId("c")
                .setAt(NOON)
                .setPartitions(1)
                .build();
    }

    private static ResolveDispute decide(CallStory call, Resolution resolution, @Nullable Long settled) {
        return ResolveDispute.newBuilder()
                .setCommandId("d")
                .setDisputeId(call.callId() + "/" + call.leg())
                .setCallId(call.callId())
                .setLeg(call.leg())
                .setResolution(resolution)
                .setSettledMillis(settled)
                .setRequestedBy("finance")
                .setRequestedAt(NOON)
                .setReason("test")
                .build();
    }

    private static AcceptedCdr corrected(CallStory call, AcceptedCdr report, long talked, int version) {
        CallDetailRecord cdr = report.getCdr();
        Instant answer = cdr.getAnsweredAt();
        return call.accepted(
                report.getReporter(),
                CallDetailRecord.newBuilder(cdr)
                        .setVersion(version)
                        .setEndedAt(answer.plusMillis(talked))
                        .build());
    }

    private static AcceptedCdr at(AcceptedCdr report, Instant accepted) {
        return AcceptedCdr.newBuilder(report).setAcceptedAt(accepted).build();
    }

    private static String micros(long micros) {
        return Fraction.of(micros, 1_000_000).fixed(6);
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text).setScale(6);
    }
}
