package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.time.Duration;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.SettlingSide;
import org.callclear.testkit.settlement.CallStory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of cases in docs/settlement.md, row by row, with its borders: a tolerance of 2 s, at most 100 s where it says so. */
class AllClassesTest {
    /** Talk times in ms; {@code none}: reported, but not answered; {@code never}: not reported. Empty: nothing. */
    @ParameterizedTest(name = "{0} and {1}, at most {2} s, {3}: {4}, settles {5}, claimed {6}")
    @CsvSource({
        // originating, terminating, most, settling side, class, settles, claimed
        "none,   none,   3600, TERMINATING, UNKNOWN_CLASS,,", // an attempt
        "60000,  none,   3600, TERMINATING, ONLY_ORIGINATING,, 60000",
        "none,   60000,  3600, TERMINATING, ONLY_TERMINATING,, 60000",
        "60000,  never,  3600, TERMINATING, ONLY_ORIGINATING,, 60000",
        "never,  60000,  3600, TERMINATING, ONLY_TERMINATING,, 60000",
        "130000, none,   100,  TERMINATING, ONLY_ORIGINATING,, 100000",
        "130000, never,  100,  TERMINATING, ONLY_ORIGINATING,, 100000",
        "never,  130000, 100,  TERMINATING, ONLY_TERMINATING,, 100000",
        "never,  none,   3600, TERMINATING, UNKNOWN_CLASS,,",
        // agreed, to the millisecond
        "60000,  60000,  3600, TERMINATING, MATCHED, 60000,",
        "0,      0,      3600, TERMINATING, MATCHED, 0,",
        "100000, 100000, 100,  TERMINATING, MATCHED, 100000,",
        "100001, 100001, 100,  TERMINATING, MATCHED, 100000,",
        "102000, 102000, 100,  TERMINATING, MATCHED, 100000,",
        // the border of the maximum: M + T is no overrun, a millisecond more is
        "102001, 102001, 100,  TERMINATING, OVERRUN, 100000, 102001",
        "102001, 102000, 100,  ORIGINATING, OVERRUN, 100000, 102001",
        "102001, 102000, 100,  TERMINATING, MATCHED_WITHIN_TOLERANCE, 100000,",
        "150000, 130000, 100,  TERMINATING, OVERRUN, 100000, 130000",
        // within tolerance, by whoever settles
        "60000,  60001,  3600, TERMINATING, MATCHED_WITHIN_TOLERANCE, 60001,",
        "60000,  62000,  3600, TERMINATING, MATCHED_WITHIN_TOLERANCE, 62000,",
        "62000,  60000,  3600, TERMINATING, MATCHED_WITHIN_TOLERANCE, 60000,",
        "62000,  60000,  3600, ORIGINATING, MATCHED_WITHIN_TOLERANCE, 62000,",
        "60000,  62000,  3600, ORIGINATING, MATCHED_WITHIN_TOLERANCE, 60000,",
        "60000,  62000,  3600, MIN,         MATCHED_WITHIN_TOLERANCE, 60000,",
        "60000,  62000,  3600, MAX,         MATCHED_WITHIN_TOLERANCE, 62000,",
        "99000,  101000, 100,  MAX,         MATCHED_WITHIN_TOLERANCE, 100000,",
        // a millisecond beyond it the smaller settles, whoever's it is
        "60000,  62001,  3600, TERMINATING, DURATION_MISMATCH, 60000, 62001",
        "62001,  60000,  3600, ORIGINATING, DURATION_MISMATCH, 60000, 62001",
        "62001,  60000,  3600, MAX,         DURATION_MISMATCH, 60000, 62001",
        // claimed at most M; where both are beyond it nothing is left to claim
        "130000, 60000,  100,  TERMINATING, DURATION_MISMATCH, 60000, 100000",
        "110000, 102000, 100,  TERMINATING, DURATION_MISMATCH, 100000,",
    })
    void aRowOfTheTable(
            String originating,
            String terminating,
            int most,
            SettlingSide side,
            ReconciliationClass found,
            @Nullable Long settles,
            @Nullable Long claimed) {
        CallStory call = told(originating, terminating).atMost(most).settledBy(side);
        Desk desk = new Desk(call.callId()).take(call.grant());

        report(desk, call, originating, terminating);
        desk.passes(Duration.ofHours(1));

        assertFound(desk, found, settles, claimed);
    }

    @ParameterizedTest(name = "{0} and {1} to other numbers, at most {2} s: claimed {3}")
    @CsvSource({"60000, 70000, 3600, 60000", "70000, 60000, 3600, 60000", "130000, 120000, 100, 100000"})
    void anotherNumberThanGranted(long originating, long terminating, int most, long claimed) {
        CallStory call = aCall("call").talkedMillis(originating, terminating).atMost(most);
        CallStory other = aCall("call").talkedMillis(originating, terminating).called("4930999999");

        Desk desk = new Desk(call.callId())
                .take(call.grant())
                .take(call.originatingReport())
                .take(other.terminatingReport());

        assertFound(desk, ReconciliationClass.DESTINATION_MISMATCH, null, claimed);
    }

    @Test
    void oneThatSaysItWasAnsweredComesBeforeAnotherNumber() {
        CallStory call = aCall("call");
        CallStory other = aCall("call").unanswered().called("4930999999");

        Desk desk = new Desk(call.callId())
                .take(call.grant())
                .take(call.originatingReport())
                .take(other.terminatingReport());

        assertFound(desk, ReconciliationClass.ONLY_ORIGINATING, null, 60_000L);
    }

    @ParameterizedTest
    @CsvSource({"UNRATED", "BLOCKED", "NO_CONTRACT"})
    void aSideThatCannotBePriced(Rating why) {
        for (CallStory call : new CallStory[] {
            aCall("call").imported().notOwedFor(why), aCall("call").imported().notDueFor(why)
        }) {
            Desk desk = new Desk(call.callId()).take(call.originatingReport()).take(call.terminatingReport());

            assertFound(desk, ReconciliationClass.UNRATED, null, null);
            assertThat(desk.disputes()).hasSize(1);
            assertThat(desk.postings()).isEmpty();
        }
    }

    @Test
    void anotherNumberComesBeforeASideThatCannotBePriced() {
        CallStory call = aCall("call").imported().notDueFor(Rating.UNRATED);
        CallStory other = aCall("call").imported().called("4930999999").notDueFor(Rating.UNRATED);

        Desk desk = new Desk(call.callId()).take(call.originatingReport()).take(other.terminatingReport());

        assertFound(desk, ReconciliationClass.DESTINATION_MISMATCH, null, 60_000L);
    }

    @Test
    void withoutAGrantNothingIsClaimedOnceItHasWaitedInVain() {
        CallStory call = aCall("call");
        Desk desk = new Desk(call.callId()).take(call.originatingReport()).take(call.terminatingReport());
        assertThat(desk.foundNothing()).isTrue();

        desk.passes(Duration.ofHours(1));

        assertFound(desk, ReconciliationClass.UNAUTHORIZED, null, null);
        assertThat(desk.disputes()).hasSize(1);
    }

    @Test
    void importedTrafficHasNoLongestTalkTime() {
        CallStory call = aCall("call").imported().talked(900_000).atMost(1);

        Desk desk = new Desk(call.callId()).take(call.originatingReport()).take(call.terminatingReport());

        assertFound(desk, ReconciliationClass.MATCHED, 900_000_000L, null);
    }

    private static CallStory told(String originating, String terminating) {
        CallStory call = aCall("call").talkedMillis(millis(originating), millis(terminating));
        boolean here = !originating.equals("none");
        boolean there = !terminating.equals("none");
        if (!here && !there) {
            return call.unanswered();
        }
        if (terminating.equals("never") || originating.equals("never")) {
            return here && there ? call : call.unanswered();
        }
        return here && there ? call : here ? call.answeredOnlyToTheCaller() : call.answeredOnlyToTheGateway();
    }

    private static long millis(String text) {
        return text.startsWith("n") ? 0 : Long.parseLong(text);
    }

    private static void report(Desk desk, CallStory call, String originating, String terminating) {
        if (!originating.equals("never")) {
            desk.take(call.originatingReport());
        }
        if (!terminating.equals("never")) {
            desk.take(call.terminatingReport());
        }
    }

    private static void assertFound(
            Desk desk, ReconciliationClass found, @Nullable Long settles, @Nullable Long claimed) {
        if (found == ReconciliationClass.UNKNOWN_CLASS) {
            assertThat(desk.foundNothing()).isTrue();
            assertThat(desk.disputes()).isEmpty();
            return;
        }
        assertThat(desk.call().getReconciliation()).isEqualTo(found);
        assertThat(desk.call().getSettledMillis()).isEqualTo(settles);
        assertThat(desk.call().getClaimedMillis()).isEqualTo(claimed);
        boolean disputed = claimed != null || (settles == null);
        assertThat(desk.disputes()).hasSize(disputed ? 1 : 0);
    }
}
