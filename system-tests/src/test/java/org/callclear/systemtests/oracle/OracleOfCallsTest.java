package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.callclear.systemtests.oracle.SmallCalls.AN_HOUR;
import static org.callclear.systemtests.oracle.SmallCalls.DUE;
import static org.callclear.systemtests.oracle.SmallCalls.FEE;
import static org.callclear.systemtests.oracle.SmallCalls.NOON;
import static org.callclear.systemtests.oracle.SmallCalls.OWED;
import static org.callclear.systemtests.oracle.SmallCalls.WITHHELD;
import static org.callclear.systemtests.oracle.SmallCalls.at;
import static org.callclear.systemtests.oracle.SmallCalls.corrected;
import static org.callclear.systemtests.oracle.SmallCalls.decide;
import static org.callclear.systemtests.oracle.SmallCalls.decimal;
import static org.callclear.systemtests.oracle.SmallCalls.micros;
import static org.callclear.systemtests.oracle.SmallCalls.settle;
import static org.callclear.systemtests.oracle.SmallCalls.totals;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.testkit.settlement.CallStory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rules of docs/settlement.md come to, in small: what settles of a call, and its disputes. The calls are those of {@link SmallCalls}. */
class OracleOfCallsTest {
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

    @ParameterizedTest
    @CsvSource({"SPLIT,59999", "SPLIT,90001", "SPLIT,"})
    void aSplitOutsideOfWhatSettlesAndIsClaimedIsRefused(Resolution resolution, Long settled) {
        CallStory call = aCall("a").talkedMillis(60_000, 90_000);

        Outcome outcome = settle(
                call.grant(), call.originatingReport(), call.terminatingReport(), decide(call, resolution, settled));

        assertThat(outcome.disputes()).containsEntry(call.callId() + "/1", "DURATION_MISMATCH OPEN");
    }
}
