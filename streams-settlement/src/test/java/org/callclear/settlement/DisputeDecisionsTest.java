package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.callclear.schemas.avro.GateRule.ALL;
import static org.callclear.schemas.avro.Resolution.SPLIT;
import static org.callclear.settlement.Mismatches.AS_SETTLED;
import static org.callclear.settlement.Mismatches.ONE_O_CLOCK;
import static org.callclear.settlement.Mismatches.last;
import static org.callclear.settlement.Mismatches.mismatch;
import static org.callclear.testkit.settlement.CallStory.aCall;
import static org.callclear.testkit.settlement.Orders.resolve;
import static org.callclear.testkit.settlement.Orders.split;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.Evidence;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.Irregularity;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.Role;
import org.callclear.testkit.settlement.CallStory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How disputes open, what they hold back, and what a decision makes of them. */
class DisputeDecisionsTest {
    private static final World WORLD = World.inNovember();

    @AfterAll
    static void closeWorld() {
        WORLD.close();
    }

    /** 60 s and 90 s at 0.012 a minute: 0.006 of 0.018, a third. 60 s and 80 s: 0.004 of 0.016, 25 percent. */
    @ParameterizedTest
    @CsvSource({
        "80, 25,         1,        ANY, false", // exactly the percentage is not beyond it
        "80, 24.999999,  1,        ANY, true",
        "80, 100,        0.004,    ANY, false", // nor is exactly the amount
        "80, 100,        0.003999, ANY, true",
        "80, 24,         0.004,    ALL, false", // one of the two is not enough
        "80, 25,         0.003,    ALL, false",
        "80, 24,         0.003,    ALL, true",
        "90, 33.333333,  1,        ANY, true", // a third is more than that
        "90, 33.333334,  1,        ANY, false",
    })
    void aDisputeOpensOnlyBeyondTheGate(int claimed, String percent, String amount, GateRule rule, boolean opens) {
        String name = "gate " + claimed + percent + amount + rule;
        CallStory call = aCall(name).talkedMillis(claimed * 1000L, 60_000).disputedBeyond(percent, amount, rule);

        WORLD.settle(call);

        assertThat(WORLD.disputes(call)).hasSize(opens ? 1 : 0);
        assertThat(WORLD.balances(call).containsKey("suspense:acme")).isEqualTo(opens);
        assertThat(WORLD.balances(call)).containsEntry("carrier:acme", "0.012000");
    }

    @Test
    void theGateGoesByExactPricesAndNotByRoundedOnes() {
        CallStory call = aCall("exact gate").talkedMillis(61_000, 58_000).disputedBeyond("100", "0.000600", ALL);
        CallStory other = aCall("exact gate 2").talkedMillis(61_000, 58_000).disputedBeyond("0", "0.000599", ALL);

        WORLD.settle(call).settle(other);

        assertThat(WORLD.disputes(call)).isEmpty(); // 3 s cost 0.0006 exactly
        assertThat(WORLD.disputes(other)).hasSize(1);
    }

    @Test
    void whatIsClaimedIsWithheldOnBothSidesWhileTheDisputeIsOpen() {
        CallStory call = mismatch("open");

        WORLD.settle(call);

        assertThat(WORLD.disputes(call)).containsExactly("DURATION_MISMATCH OPEN 1");
        assertThat(WORLD.balances(call))
                .containsAllEntriesOf(AS_SETTLED)
                .containsEntry("suspense:acme", "0.006000")
                .containsEntry("suspense:zenith", "-0.005000")
                .containsEntry("clearinghouse:suspense", "-0.001000")
                .hasSize(6);
    }

    @Test
    void anAcceptedDisputeMakesTheClaimOwed() {
        CallStory call = mismatch("accepted");
        WORLD.settle(call);

        WORLD.journal(call.callId(), resolve("accept", call, Resolution.ACCEPTED));

        assertThat(WORLD.disputes(call)).last().isEqualTo("DURATION_MISMATCH ACCEPTED 2");
        assertThat(WORLD.balances(call))
                .isEqualTo(Map.of(
                        "carrier:acme", "0.018000", "carrier:zenith", "-0.015000", "clearinghouse:fee", "-0.003000"));
        assertThat(WORLD.outcome("accept").getOutcome()).isEqualTo(OutcomeKind.ACCEPTED);
    }

    @Test
    void aSplitDisputeSettlesTheTalkTimeNamed() {
        CallStory call = mismatch("split");
        WORLD.settle(call);

        WORLD.journal(call.callId(), split("split", call, 75_000L));

        assertThat(WORLD.disputes(call)).last().isEqualTo("DURATION_MISMATCH SPLIT 2");
        assertThat(WORLD.balances(call))
                .isEqualTo(Map.of(
                        "carrier:acme", "0.015000", "carrier:zenith", "-0.012500", "clearinghouse:fee", "-0.002500"));
    }

    @ParameterizedTest
    @CsvSource({"REJECTED", "WITHDRAWN"})
    void aRefusedClaimLeavesWhatHadSettled(Resolution resolution) {
        CallStory call = mismatch("refused " + resolution);
        WORLD.settle(call);

        WORLD.journal(call.callId(), resolve("refuse " + resolution, call, resolution));

        assertThat(WORLD.disputes(call)).last().isEqualTo("DURATION_MISMATCH " + resolution + " 2");
        assertThat(WORLD.balances(call)).isEqualTo(AS_SETTLED);
    }

    @Test
    void theRecordOfADecisionNamesTheCommandWhoDecidedAndWhy() {
        CallStory call = mismatch("named");
        WORLD.settle(call);

        WORLD.journal(call.callId(), resolve("named", call, Resolution.ACCEPTED));

        assertThat(last(WORLD, call))
                .extracting(Dispute::getCommandId, Dispute::getDecidedBy, Dispute::getReason)
                .containsExactly("named", "finance", "as agreed by phone");
    }

    @ParameterizedTest
    @CsvSource({"59999, false", "60000, true", "90000, true", "90001, false", ", false"})
    void aSplitIsBetweenWhatSettledAndWhatIsClaimed(Long millis, boolean taken) {
        CallStory call = mismatch("range " + millis);
        WORLD.settle(call);
        String command = "range " + millis;

        WORLD.journal(call.callId(), split(command, call, millis));

        assertThat(WORLD.outcome(command).getOutcome()).isEqualTo(taken ? OutcomeKind.ACCEPTED : OutcomeKind.REFUSED);
        assertThat(WORLD.disputes(call)).hasSize(taken ? 2 : 1);
    }

    @Test
    void aDisputeThatIsNotThereIsNotDecided() {
        CallStory call = aCall("matched");
        WORLD.settle(call);

        WORLD.journal(call.callId(), resolve("no dispute", call, Resolution.ACCEPTED));

        assertThat(WORLD.outcome("no dispute").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(WORLD.books(call)).hasSize(3);
    }

    @Test
    void aDisputeOfAnotherNameIsNotDecided() {
        CallStory call = mismatch("other name");
        WORLD.settle(call);

        WORLD.journal(call.callId(), resolve("other", call.callId() + "/2", call, Resolution.ACCEPTED, null));

        assertThat(WORLD.outcome("other").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(WORLD.disputes(call)).hasSize(1);
    }

    @Test
    void aDisputeIsDecidedOnce() {
        CallStory call = mismatch("decided once");
        WORLD.settle(call).journal(call.callId(), resolve("first", call, Resolution.REJECTED));

        WORLD.journal(call.callId(), resolve("second", call, Resolution.ACCEPTED));

        assertThat(WORLD.outcome("second").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(WORLD.balances(call)).isEqualTo(AS_SETTLED);
    }

    @Test
    void theSameCommandTwiceDoesItOnceAndIsAnsweredTwice() {
        CallStory call = mismatch("twice");
        WORLD.settle(call).journal(call.callId(), resolve("twice", call, Resolution.ACCEPTED));
        List<String> before = WORLD.books(call);

        WORLD.journal(call.callId(), resolve("twice", call, Resolution.ACCEPTED));

        assertThat(WORLD.books(call)).isEqualTo(before);
        assertThat(WORLD.outcome("twice"))
                .extracting(outcome -> outcome.getOutcome(), outcome -> outcome.getDetail())
                .containsExactly(OutcomeKind.ACCEPTED, "done before");
    }

    @Test
    void aStrangersClaimCannotBeAccepted() {
        CallStory call = aCall("stranger accepted");
        WORLD.settle(call).journal(call.callId(), call.accepted("mallory", call.terminating()));
        String dispute = call.callId() + "/1/TERMINATING/mallory";

        WORLD.journal(call.callId(), resolve("mallory asks", dispute, call, Resolution.ACCEPTED, null));

        assertThat(WORLD.outcome("mallory asks").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(WORLD.disputes(call)).containsExactly("UNAUTHORIZED OPEN 1");
        assertThat(WORLD.balances(call)).isEqualTo(AS_SETTLED);
    }

    @Test
    void aStrangersClaimCanBeRejected() {
        CallStory call = aCall("stranger rejected");
        WORLD.settle(call).journal(call.callId(), call.accepted("mallory", call.terminating()));
        String dispute = call.callId() + "/1/TERMINATING/mallory";

        WORLD.journal(call.callId(), resolve("mallory is told", dispute, call, Resolution.REJECTED, null));

        assertThat(WORLD.disputes(call)).containsExactly("UNAUTHORIZED OPEN 1", "UNAUTHORIZED REJECTED 2");
    }

    @Test
    void aStrangersDisputeEndsWhenACorrectionMakesItTheReportOfAParty() {
        CallStory call = aCall("strange transaction").talked(60);
        var wrong = CallDetailRecord.newBuilder(call.terminating())
                .setTransactionId("0".repeat(32))
                .build();
        WORLD.granted(call).originating(call).journal(call.callId(), call.accepted("zenith", wrong));

        WORLD.terminating(aCall("strange transaction").talked(60).version(2));

        assertThat(WORLD.disputes(call)).containsExactly("UNAUTHORIZED OPEN 1", "UNAUTHORIZED WITHDRAWN 2");
        assertThat(last(WORLD, call).getIrregularities())
                .as("nothing is wrong any more")
                .isEmpty();
        assertThat(last(WORLD, call).getDetail()).isEqualTo("what was disputed no longer is");
        assertThat(WORLD.balances(call)).isEqualTo(AS_SETTLED);
    }

    @Test
    void aStrangersDisputeIsToldAgainWhenItIsOneForAnotherReason() {
        CallStory call = aCall("strange twice").orElseTo("lumen");
        WORLD.granted(call).journal(call.callId(), call.accepted("zenith", strange(call, "0".repeat(32), 1)));
        assertThat(last(WORLD, call).getIrregularities()).containsExactly(Irregularity.OTHER_TRANSACTION);

        WORLD.journal(
                call.callId(),
                call.accepted(
                        "zenith", strange(call, call.grant().getRoutes().get(1).getTransactionId(), 2)));

        assertThat(WORLD.disputes(call)).containsExactly("UNAUTHORIZED OPEN 1", "UNAUTHORIZED OPEN 2");
        assertThat(last(WORLD, call).getIrregularities()).containsExactly(Irregularity.TRANSACTION_OF_ANOTHER_LEG);
        assertThat(last(WORLD, call).getDetail()).contains("leg 2");
    }

    @Test
    void aStrangersDisputeIsToldOnceHoweverOftenItIsLookedAt() {
        CallStory call = aCall("strange once").talked(60);
        WORLD.granted(call).journal(call.callId(), call.accepted("zenith", strange(call, "0".repeat(32), 1)));

        WORLD.originating(call).journal(call.callId(), call.accepted("mallory", call.terminating()));

        assertThat(WORLD.disputes(call)).containsExactly("UNAUTHORIZED OPEN 1", "UNAUTHORIZED OPEN 1");
    }

    private static CallDetailRecord strange(CallStory call, String transactionId, int version) {
        return CallDetailRecord.newBuilder(call.terminating())
                .setTransactionId(transactionId)
                .setVersion(version)
                .build();
    }

    @Test
    void theEvidenceIsBothReportsAndTheTermsThatPriceTheClaim() {
        CallStory call = mismatch("evidence");

        WORLD.settle(call);

        assertThat(last(WORLD, call).getEvidence())
                .extracting(Evidence::getRole, Evidence::getReporter, Evidence::getVersion, Evidence::getEndedAt)
                .containsExactlyInAnyOrder(
                        tuple(Role.ORIGINATING, "acme", 1, Instant.parse("2026-11-23T12:01:30Z")),
                        tuple(Role.TERMINATING, "zenith", 1, Instant.parse("2026-11-23T12:01:00Z")));
        assertThat(last(WORLD, call).getOrigination().getTerms())
                .isEqualTo(call.grant().getOriginationTerms());
        assertThat(last(WORLD, call).getTermination().getTerms())
                .isEqualTo(call.grant().getRoutes().getFirst().getTerminationTerms());
        assertThat(last(WORLD, call).getOrigination().getAmount()).isEqualByComparingTo("0.006");
    }

    @ParameterizedTest
    @CsvSource({"ACCEPTED", "SPLIT"})
    void whatOneSideAloneWouldPayOrBePaidForIsNotOwed(Resolution resolution) {
        try (World world = World.inNovember()) {
            CallStory call = aCall("alone").imported();
            world.terminating(call).logTime(ONE_O_CLOCK);

            world.journal(
                    call.callId(),
                    resolve("decide", call.callId() + "/0", call, resolution, resolution == SPLIT ? 30_000L : null));

            assertThat(world.outcome("decide").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
            assertThat(world.disputes(call)).containsExactly("ONLY_TERMINATING OPEN 1");
            assertThat(world.balances(call)).containsOnlyKeys("suspense:zenith", "clearinghouse:suspense");
        }
    }

    @ParameterizedTest
    @CsvSource({"REJECTED", "WITHDRAWN"})
    void whatOneSideAloneClaimsCanBeRefused(Resolution resolution) {
        try (World world = World.inNovember()) {
            CallStory call = aCall("alone").imported();
            world.terminating(call).logTime(ONE_O_CLOCK);

            world.journal(call.callId(), resolve("decide", call, resolution));

            assertThat(world.disputes(call)).last().isEqualTo("ONLY_TERMINATING " + resolution + " 2");
            assertThat(world.balances(call)).isEmpty();
        }
    }
}
