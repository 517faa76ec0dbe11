package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.time.Instant;
import java.util.Map;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Grant;
import org.callclear.schemas.avro.Role;
import org.callclear.settlement.intake.CdrCheck;
import org.callclear.settlement.intake.CdrCheck.Verdict;
import org.callclear.testkit.settlement.CallStory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A carrier claims what is not its own: calls, names, tokens and legs of others. Classified, not paid, and the report says why. */
class AbuseTest {
    private static final Map<String, String> AS_AGREED =
            Map.of("carrier:acme", "0.012", "carrier:zenith", "-0.01", "clearinghouse:fee", "-0.002");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static AcceptedCdr by(String reporter, CallStory call, CallDetailRecord.Builder told) {
        return call.accepted(reporter, told.build());
    }

    private static CallDetailRecord.Builder terminating(CallStory call) {
        return CallDetailRecord.newBuilder(call.terminating());
    }

    private static CallDetailRecord.Builder originating(CallStory call) {
        return CallDetailRecord.newBuilder(call.originating());
    }

    // a: calls that the reporter had no part in

    @Test
    void aCallThatWasGrantedToOthers() {
        CallStory call = aCall("others'");
        AcceptedCdr claim = by("mallory", call, terminating(call).setTerminatingCarrier("mallory"));

        Trial trial = Trial.of(call.grant(), call.originatingReport(), call.terminatingReport(), claim);

        assertThat(trial.paid()).isEqualTo(AS_AGREED);
        assertThat(trial.withheld()).isEmpty();
        assertThat(trial.disputes())
                .containsExactly(
                        "/1/TERMINATING/mallory UNAUTHORIZED OPEN settled null claimed null [REPORTER_NOT_GRANTED]");
        assertThat(trial.why("/1/TERMINATING/mallory")).contains("mallory", "leg 1");
    }

    @Test
    void aCallThatWasGrantedToOthersBeforeTheyReportIt() {
        CallStory call = aCall("not reported");
        AcceptedCdr claim = by("mallory", call, terminating(call).setTerminatingCarrier("mallory"));

        Trial trial = Trial.of(call.grant(), call.originatingReport(), claim);

        assertThat(trial.paid()).isEmpty();
        assertThat(trial.disputes())
                .containsExactly(
                        "/1 ONLY_ORIGINATING OPEN settled null claimed 60000 []",
                        "/1/TERMINATING/mallory UNAUTHORIZED OPEN settled null claimed null [REPORTER_NOT_GRANTED]");
    }

    @Test
    void aLegThatWasNotGranted() {
        CallStory call = aCall("no such leg");
        AcceptedCdr claim = by("zenith", call, terminating(call).setLeg(5));

        Trial trial = Trial.of(call.grant(), call.originatingReport(), call.terminatingReport(), claim);

        assertThat(trial.paid()).isEqualTo(AS_AGREED);
        assertThat(trial.disputes())
                .containsExactly("/5/TERMINATING/zenith UNAUTHORIZED OPEN settled null claimed null [LEG_NOT_GRANTED]");
    }

    @Test
    void aCallThatNobodyAskedFor() {
        CallStory call = aCall("invented").from("victim").to("mallory");

        Trial trial = Trial.of(call.terminatingReport());

        assertThat(trial.paid()).isEmpty();
        assertThat(trial.withheld()).isEmpty();
        assertThat(trial.disputes()).containsExactly("/1 UNAUTHORIZED OPEN settled null claimed null [NO_GRANT]");
    }

    // b: in the name of another carrier

    @Test
    void aReportInTheNameOfAnotherCarrierDoesNotPassIntake() {
        CallStory call = aCall("another's name");

        assertThat(CdrCheck.check("mallory", call.callId(), call.terminating(), NOON.plusSeconds(60)))
                .isInstanceOfSatisfying(Verdict.Unfit.class, unfit -> {
                    assertThat(unfit.reason()).isEqualTo("INVALID_FIELD");
                    assertThat(unfit.field()).isEqualTo("terminatingCarrier");
                    assertThat(unfit.detail()).contains("zenith", "mallory");
                });
        assertThat(CdrCheck.check("mallory", call.callId(), call.originating(), NOON.plusSeconds(60)))
                .isInstanceOfSatisfying(
                        Verdict.Unfit.class, unfit -> assertThat(unfit.field()).isEqualTo("originatingCarrier"));
    }

    @Test
    void aPartyThatNamesAnotherAsItsCounterparty() {
        CallStory call = aCall("wrong pair");
        AcceptedCdr claim = by("zenith", call, terminating(call).setOriginatingCarrier("victim"));

        Trial trial = Trial.of(call.grant(), call.originatingReport(), claim);

        assertThat(trial.paid()).isEmpty();
        assertThat(trial.withheld()).doesNotContainKeys("suspense:victim", "carrier:victim");
        assertThat(trial.disputes())
                .containsExactly("/1 DESTINATION_MISMATCH OPEN settled null claimed 60000 [OTHER_CARRIER]");
    }

    @Test
    void aTerminatingCarrierThatReportsAsTheOriginatingOne() {
        CallStory call = aCall("both sides");
        AcceptedCdr claim = by("zenith", call, originating(call).setOriginatingCarrier("zenith"));

        Trial trial = Trial.of(call.grant(), call.terminatingReport(), claim);

        assertThat(trial.paid()).isEmpty();
        assertThat(trial.disputes())
                .containsExactly(
                        "/1 ONLY_TERMINATING OPEN settled null claimed 60000 []",
                        "/1/ORIGINATING/zenith UNAUTHORIZED OPEN settled null claimed null [REPORTER_NOT_GRANTED]");
    }

    // c: a copied transaction id

    @Test
    void theTransactionOfAnotherLeg() {
        CallStory call = aCall("hunted").orElseTo("lumen").onLeg(2);
        CallStory first = aCall("hunted").orElseTo("lumen");
        AcceptedCdr claim = by("zenith", first, terminating(first).setTransactionId(call.transactionId(2)));

        Trial trial = Trial.of(call.grant(), call.originatingReport(), call.terminatingReport(), claim);

        assertThat(trial.paid())
                .isEqualTo(Map.of("carrier:acme", "0.012", "carrier:lumen", "-0.01", "clearinghouse:fee", "-0.002"));
        assertThat(trial.disputes())
                .containsExactly(
                        "/1/TERMINATING/zenith UNAUTHORIZED OPEN settled null claimed null [TRANSACTION_OF_ANOTHER_LEG]");
        assertThat(trial.why("/1/TERMINATING/zenith")).contains("leg 2");
    }

    @Test
    void theTransactionOfAnotherCall() {
        CallStory paid = aCall("with a token");
        CallStory call = aCall("without one").answeredOnlyToTheGateway();
        AcceptedCdr claim = by("zenith", call, terminating(call).setTransactionId(paid.transactionId(1)));

        Trial trial = Trial.of(call.grant(), call.originatingReport(), claim);

        assertThat(trial.paid()).isEmpty();
        assertThat(trial.withheld()).isEmpty();
        assertThat(trial.disputes())
                .containsExactly(
                        "/1/TERMINATING/zenith UNAUTHORIZED OPEN settled null claimed null [OTHER_TRANSACTION]");
    }

    @Test
    void aTransactionThatWasGrantedToAnotherCarrier() {
        CallStory call = aCall("stolen").orElseTo("lumen");
        CallStory second = aCall("stolen").orElseTo("lumen").onLeg(2);
        AcceptedCdr onItsOwn = by("lumen", second, terminating(second).setTransactionId(call.transactionId(1)));
        AcceptedCdr onTheOther = by("lumen", call, terminating(call).setTerminatingCarrier("lumen"));

        Trial trial = Trial.of(call.grant(), call.originatingReport(), call.terminatingReport(), onItsOwn, onTheOther);

        assertThat(trial.paid()).isEqualTo(AS_AGREED);
        assertThat(trial.disputes())
                .containsExactly(
                        "/1/TERMINATING/lumen UNAUTHORIZED OPEN settled null claimed null [REPORTER_NOT_GRANTED]",
                        "/2/TERMINATING/lumen UNAUTHORIZED OPEN settled null claimed null [TRANSACTION_OF_ANOTHER_LEG]");
    }

    @Test
    void oneTransactionUnderTwoCallIds() {
        CallStory real = aCall("real");
        CallStory copy = aCall("copy");
        AcceptedCdr claim = by("zenith", copy, terminating(copy).setTransactionId(real.transactionId(1)));

        assertThat(Trial.of(real.grant(), real.originatingReport(), real.terminatingReport())
                        .paid())
                .isEqualTo(AS_AGREED);
        Trial trial = Trial.of(claim);
        assertThat(trial.paid()).isEmpty();
        assertThat(trial.disputes()).containsExactly("/1 UNAUTHORIZED OPEN settled null claimed null [NO_GRANT]");
    }

    @Test
    void noTransaction() {
        CallStory call = aCall("no token");
        AcceptedCdr claim = by("zenith", call, terminating(call).setTransactionId(null));

        Trial trial = Trial.of(call.grant(), call.originatingReport(), claim);

        assertThat(trial.paid()).isEmpty();
        assertThat(trial.disputes())
                .containsExactly(
                        "/1 ONLY_ORIGINATING OPEN settled null claimed 60000 []",
                        "/1/TERMINATING/zenith UNAUTHORIZED OPEN settled null claimed null [OTHER_TRANSACTION]");
    }

    // d: one call under two legs

    /** By another carrier, or by the same one with two gateways; the originating side says of the other leg that nobody answered, or nothing. */
    @ParameterizedTest
    @CsvSource({"zenith, lumen, true", "zenith, lumen, false", "zenith, zenith, true", "zenith, zenith, false"})
    void theLegThatTheOriginatingSideConfirmsIsPaid(String first, String second, boolean told) {
        CallStory call = aCall("twice").to(first).orElseTo(second).onLeg(2);
        CallStory claimed = aCall("twice").to(first).orElseTo(second);
        Grant grant = call.grant();
        AcceptedCdr unanswered = aCall("twice")
                .to(first)
                .orElseTo(second)
                .answeredOnlyToTheGateway()
                .originatingReport();

        Trial trial = told
                ? Trial.of(
                        grant,
                        call.originatingReport(),
                        call.terminatingReport(),
                        unanswered,
                        claimed.terminatingReport())
                : Trial.of(grant, call.originatingReport(), call.terminatingReport(), claimed.terminatingReport());

        assertThat(trial.paid())
                .isEqualTo(
                        Map.of("carrier:acme", "0.012", "carrier:" + second, "-0.01", "clearinghouse:fee", "-0.002"));
        assertThat(trial.disputes())
                .containsExactly("/1 ONLY_TERMINATING OPEN settled null claimed 60000 [ANSWERED_ON_ANOTHER_LEG]");
        assertThat(trial.why("/1")).contains("leg 2");
    }

    /** Whichever of them is reported first. */
    @Test
    void ofSeveralOtherLegsWithAnAnswerTheFirstIsNamed() {
        CallStory first = aCall("three legs").orElseTo("lumen").orElseTo("nadir");
        CallStory second =
                aCall("three legs").orElseTo("lumen").orElseTo("nadir").onLeg(2);
        CallStory third =
                aCall("three legs").orElseTo("lumen").orElseTo("nadir").onLeg(3);

        Trial trial = Trial.of(
                first.grant(),
                first.terminatingReport(),
                second.originatingReport(),
                second.terminatingReport(),
                third.originatingReport());

        assertThat(trial.disputes()).hasSize(2);
        assertThat(trial.why("/1")).contains("leg 2");
        assertThat(trial.why("/3")).contains("leg 2");
    }

    @Test
    void ofTwoLegsThatAllSidesReportTheOneAnsweredFirstIsPaid() {
        CallStory first = aCall("both legs").orElseTo("lumen");
        CallStory second = aCall("both legs").orElseTo("lumen").onLeg(2).answeredAt(NOON.plusSeconds(10));

        Trial trial = Trial.of(
                first.grant(),
                first.originatingReport(),
                first.terminatingReport(),
                second.originatingReport(),
                second.terminatingReport());

        assertThat(trial.paid()).isEqualTo(AS_AGREED);
        assertThat(trial.withheld())
                .isEqualTo(Map.of(
                        "suspense:acme", "0.012", "suspense:lumen", "-0.01", "clearinghouse:suspense", "-0.002"));
        assertThat(trial.disputes())
                .containsExactly("/2 ANSWERED_TWICE OPEN settled null claimed 60000 [ANSWERED_ON_ANOTHER_LEG]");
    }

    @Test
    void theHigherLegStandsWhenItWasAnsweredFirst() {
        CallStory first = aCall("other way").orElseTo("lumen").answeredAt(NOON.plusMillis(1));
        CallStory second = aCall("other way").orElseTo("lumen").onLeg(2);

        Trial trial = Trial.of(
                second.grant(),
                first.originatingReport(),
                first.terminatingReport(),
                second.originatingReport(),
                second.terminatingReport());

        assertThat(trial.paid()).containsEntry("carrier:lumen", "-0.01").doesNotContainKey("carrier:zenith");
        assertThat(trial.disputes())
                .containsExactly("/1 ANSWERED_TWICE OPEN settled null claimed 60000 [ANSWERED_ON_ANOTHER_LEG]");
    }

    /** In the millisecond in which the other leg ended, and in the next one. */
    @ParameterizedTest
    @CsvSource({"0, 0.012, 1", "60000, 0.012, 1", "60001, 0.024, 0"})
    void aLegThatBeginsWhenTheOtherIsOverIsACallOfItsOwn(long after, String owed, int disputes) {
        CallStory first = aCall("one by one").orElseTo("lumen");
        CallStory second = aCall("one by one").orElseTo("lumen").onLeg(2).answeredAt(NOON.plusMillis(after));

        Trial trial = Trial.of(
                first.grant(),
                first.originatingReport(),
                first.terminatingReport(),
                second.originatingReport(),
                second.terminatingReport());

        assertThat(trial.paid()).containsEntry("carrier:acme", owed).containsEntry("carrier:zenith", "-0.01");
        assertThat(trial.disputes()).hasSize(disputes);
    }

    @Test
    void whenTheFirstLegTurnsOutUnansweredTheSecondIsPaid() {
        CallStory first = aCall("freed").orElseTo("lumen");
        CallStory second = aCall("freed").orElseTo("lumen").onLeg(2).answeredAt(NOON.plusSeconds(10));
        Desk desk = new Desk(first.callId())
                .take(first.grant())
                .take(first.originatingReport())
                .take(first.terminatingReport())
                .take(second.originatingReport())
                .take(second.terminatingReport());

        desk.take(aCall("freed")
                .orElseTo("lumen")
                .answeredOnlyToTheGateway()
                .version(2)
                .originatingReport());

        assertThat(desk.balances())
                .containsEntry("carrier:lumen PAYABLE month EUR", "-0.01")
                .containsEntry("carrier:acme RECEIVABLE month EUR", "0.012")
                .doesNotContainKey("carrier:zenith PAYABLE month EUR");
        assertThat(desk.standing()).singleElement().satisfies(dispute -> {
            assertThat(dispute.getLeg()).isEqualTo(1);
            assertThat(dispute.getEvidence())
                    .extracting(evidence -> evidence.getRole())
                    .containsExactly(Role.ORIGINATING, Role.TERMINATING);
        });
    }
}
