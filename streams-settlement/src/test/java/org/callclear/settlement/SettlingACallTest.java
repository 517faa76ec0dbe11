package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.callclear.schemas.avro.EntryKind.ENTRY;
import static org.callclear.schemas.avro.EntryKind.REPLACEMENT;
import static org.callclear.schemas.avro.EntryKind.REVERSAL;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Dispute;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.schemas.avro.SettlingSide;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.callclear.testkit.settlement.Posted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettlingACallTest {
    private final World world = World.inNovember();

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void aCallBothSidesAgreeOnIsPaidOnce() {
        CallStory call = aCall("c1").from("acme").to("zenith").talked(61);
        granted(call);
        originating(call);
        terminating(call);
        originating(call); // resent after a restart
        terminating(call);

        assertThat(lines())
                .containsExactly(
                        "carrier:acme 0.012200 EUR", "carrier:zenith -0.010167 EUR", "clearinghouse:fee -0.002033 EUR");
    }

    @Test
    void aCallWithinToleranceSettlesByTheGrantsSide() {
        CallStory call = aCall("c1").talkedMillis(61_400, 60_000).settledBy(SettlingSide.MAX);
        settle(call);

        ReconciledCall reconciled = world.reconciled().get(0);

        assertThat(reconciled.getReconciliation()).isEqualTo(ReconciliationClass.MATCHED_WITHIN_TOLERANCE);
        assertThat(reconciled.getSettledMillis()).isEqualTo(61_400L);
    }

    @Test
    void beyondToleranceTheSmallerSideSettlesAndTheDifferenceIsDisputed() {
        settle(aCall("c1").talkedMillis(70_000, 60_000).settledBy(SettlingSide.MAX));

        assertThat(world.reconciled())
                .extracting(ReconciledCall::getReconciliation, ReconciledCall::getSettledMillis)
                .containsExactly(tuple(ReconciliationClass.DURATION_MISMATCH, 60_000L));
        assertThat(world.disputes()).extracting(Dispute::getState).containsExactly("OPEN");
        assertThat(world.postings())
                .extracting(Posted::account, posting -> posting.amount().toPlainString())
                .containsExactlyInAnyOrder(
                        tuple("carrier:acme", "0.012000"),
                        tuple("carrier:zenith", "-0.010000"),
                        tuple("clearinghouse:fee", "-0.002000"),
                        tuple("suspense:acme", "0.002000"),
                        tuple("suspense:zenith", "-0.001667"),
                        tuple("clearinghouse:suspense", "-0.000333"));
    }

    @Test
    void anOverrunSettlesAtMostTheAuthorizedDuration() {
        settle(aCall("c1").talked(130).atMost(60));

        ReconciledCall reconciled = world.reconciled().get(0);

        assertThat(reconciled.getReconciliation()).isEqualTo(ReconciliationClass.OVERRUN);
        assertThat(reconciled.getSettledMillis()).isEqualTo(60_000L);
        assertThat(world.disputes()).hasSize(1);
    }

    @Test
    void aCallToAnotherNumberThanAuthorizedSettlesNothing() {
        CallStory call = aCall("c1");
        granted(call);
        originating(call);
        terminating(aCall("c1").called("4930999999"));

        assertThat(world.disputes())
                .extracting(Dispute::getReconciliation)
                .containsExactly(ReconciliationClass.DESTINATION_MISMATCH);
        assertThat(world.postings()).extracting(Posted::kind).containsOnly(PostingKind.SUSPENSE);
    }

    @Test
    void anUnansweredCallIsAnAttemptAndNoDispute() {
        settle(aCall("c1").unanswered());
        anHourLater();

        assertThat(world.attempts()).hasSize(2);
        assertThat(world.disputes()).isEmpty();
        assertThat(world.postings()).isEmpty();
    }

    @Test
    void anAnswerThatOnlyTheCallersSideSawIsDisputedAtOnce() {
        settle(aCall("c1").answeredOnlyToTheCaller());

        assertThat(world.disputes())
                .extracting(Dispute::getReconciliation)
                .containsExactly(ReconciliationClass.ONLY_ORIGINATING);
        assertThat(world.postings()).extracting(Posted::kind).containsOnly(PostingKind.SUSPENSE);
    }

    @Test
    void aMissingReportIsDisputedOnceTheJournalsTimeHasGoneOn() {
        CallStory call = aCall("c1");
        granted(call);
        terminating(call);
        world.timePasses(Duration.ofDays(1)); // of a wall clock, which has no say
        assertThat(world.disputes()).isEmpty();

        anHourLater();

        assertThat(world.disputes())
                .extracting(Dispute::getReconciliation, Dispute::getState)
                .containsExactly(tuple(ReconciliationClass.ONLY_TERMINATING, "OPEN"));
    }

    @Test
    void aReportThatComesLateStillSettlesAndSaysSo() {
        CallStory call = aCall("c1");
        granted(call);
        originating(call);
        anHourLater();

        terminating(call);

        assertThat(world.postings())
                .extracting(Posted::entryKind)
                .containsExactly(
                        ENTRY, ENTRY, ENTRY, REVERSAL, REVERSAL, REVERSAL, REPLACEMENT, REPLACEMENT, REPLACEMENT);
        assertThat(world.disputes()).extracting(Dispute::getState).containsExactly("OPEN", "WITHDRAWN");
    }

    @Test
    void aCallWithoutAGrantIsUnauthorized() {
        CallStory call = aCall("c1");
        originating(call);
        terminating(call);
        anHourLater();

        assertThat(world.disputes())
                .extracting(Dispute::getReconciliation)
                .containsExactly(ReconciliationClass.UNAUTHORIZED);
        assertThat(world.postings()).isEmpty();
    }

    @Test
    void aStrangerCannotTakeASideOfTheCall() {
        CallStory call = aCall("c1").from("acme").to("zenith").talked(60);
        granted(call);
        AcceptedCdr lie = call.accepted(
                "mallory", aCall("c1").from("acme").to("mallory").talked(3000).terminating());
        world.journal(call.callId(), lie);
        originating(call);
        terminating(call);

        assertThat(world.reconciled())
                .extracting(ReconciledCall::getReconciliation)
                .containsExactly(ReconciliationClass.MATCHED);
        assertThat(world.disputes())
                .extracting(Dispute::getReconciliation)
                .containsExactly(ReconciliationClass.UNAUTHORIZED);
    }

    @Test
    void aReportWithAnotherTransactionNeverPairs() {
        CallStory call = aCall("c1");
        granted(call);
        originating(call);
        CallDetailRecord other = CallDetailRecord.newBuilder(call.terminating())
                .setTransactionId("0".repeat(32))
                .build();
        world.journal(call.callId(), call.accepted("zenith", other));

        assertThat(world.postings()).isEmpty();
        assertThat(world.disputes())
                .extracting(Dispute::getReconciliation)
                .containsExactly(ReconciliationClass.UNAUTHORIZED);
    }

    @Test
    void anotherContentUnderTheSameKeyIsSetAsideAsAConflict() {
        CallStory call = aCall("c1");
        settle(call);
        terminating(aCall("c1").talked(600));

        assertThat(world.rejected()).extracting(RejectedRecord::getReason).containsExactly("CONFLICT");
        assertThat(world.postings()).hasSize(3);
    }

    @Test
    void twoCurrenciesEachSumToZero() {
        settle(aCall("c1").priced(Terms.perMinute("USD", "0.02"), Terms.perMinute("EUR", "0.01")));

        assertThat(lines())
                .containsExactly(
                        "carrier:acme 0.020000 USD",
                        "carrier:zenith -0.010000 EUR",
                        "clearinghouse:fee -0.020000 USD",
                        "clearinghouse:fee 0.010000 EUR");
    }

    @Test
    void aPositionShowsWhatAPairOwes() {
        settle(aCall("c1").talked(60));
        settle(aCall("c2").talked(120));
        world.timePasses(Duration.ofSeconds(1));

        var positions = world.positions();

        assertThat(positions.get(positions.size() - 1)).satisfies(position -> {
            assertThat(position.getCalls()).isEqualTo(2);
            assertThat(position.getReceivable()).isEqualByComparingTo(new BigDecimal("0.036"));
            assertThat(position.getPayable()).isEqualByComparingTo(new BigDecimal("0.030"));
            assertThat(position.getFee()).isEqualByComparingTo(new BigDecimal("0.006"));
        });
    }

    private void settle(CallStory call) {
        granted(call);
        originating(call);
        terminating(call);
    }

    private void granted(CallStory call) {
        world.journal(call.callId(), call.grant());
    }

    private void originating(CallStory call) {
        world.journal(call.callId(), call.originatingReport());
    }

    private void terminating(CallStory call) {
        world.journal(call.callId(), call.terminatingReport());
    }

    /** Any later record moves the journal's time. */
    private void anHourLater() {
        CallStory later = aCall("later").answeredAt(java.time.Instant.parse("2026-11-23T13:00:00Z"));
        world.journal(later.callId(), later.grant());
    }

    private List<String> lines() {
        return world.postings().stream().map(SettlingACallTest::line).toList();
    }

    private static String line(Posted posting) {
        return posting.account() + " " + posting.amount().toPlainString() + " " + posting.currency();
    }
}
