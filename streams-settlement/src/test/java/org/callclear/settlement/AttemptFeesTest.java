package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.Terms.attemptFee;
import static org.callclear.testkit.settlement.CallStory.Terms.perMinute;
import static org.callclear.testkit.settlement.CallStory.aCall;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.testkit.settlement.CallStory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What an attempt costs that nobody answered. */
class AttemptFeesTest {
    private static final World WORLD = World.inNovember();
    private static final RateTerms OWED = attemptFee("0.001", perMinute("EUR", "0.012"));
    private static final RateTerms FREE = perMinute("EUR", "0.010");

    @AfterAll
    static void closeWorld() {
        WORLD.close();
    }

    @Test
    void anAttemptThatBothReportCostsEachSidesFee() {
        CallStory call = aCall("both").unanswered().priced(OWED, attemptFee("0.0004", FREE));

        WORLD.settle(call);

        assertThat(WORLD.balances(call))
                .isEqualTo(Map.of(
                        "carrier:acme", "0.001000", "carrier:zenith", "-0.000400", "clearinghouse:fee", "-0.000600"));
        assertThat(WORLD.disputes(call)).isEmpty();
    }

    @Test
    void aSideWithoutAFeeHasALineOfNothing() {
        CallStory call = aCall("one fee").unanswered().priced(OWED, FREE);

        WORLD.settle(call);

        assertThat(WORLD.books(call))
                .containsExactly(
                        "ENTRY carrier:acme 0.001000 EUR in 2026-11",
                        "ENTRY carrier:zenith 0.000000 EUR in 2026-11",
                        "ENTRY clearinghouse:fee -0.001000 EUR in 2026-11");
    }

    @Test
    void anAttemptThatOnlyOneReportsCostsNothing() {
        CallStory call = aCall("one report").unanswered().priced(OWED, FREE);

        WORLD.granted(call).originating(call);

        assertThat(WORLD.books(call)).isEmpty();
    }

    @Test
    void withoutAFeeAnAttemptIsNoEntry() {
        CallStory call = aCall("no fee").unanswered();

        WORLD.settle(call);

        assertThat(WORLD.books(call)).isEmpty();
        assertThat(WORLD.attempts())
                .filteredOn(attempt -> attempt.getCallId().equals(call.callId()))
                .hasSize(2);
    }

    @Test
    void anAnsweredCallCostsNoAttemptFee() {
        CallStory call = aCall("answered").priced(OWED, FREE);

        WORLD.settle(call);

        assertThat(WORLD.balances(call)).containsEntry("carrier:acme", "0.012000");
    }

    @Test
    void whenItWasAnsweredAfterAllTheFeeIsTakenBack() {
        CallStory call = aCall("after all").unanswered().priced(OWED, FREE);
        WORLD.settle(call).originating(aCall("after all").version(2).priced(OWED, FREE));

        WORLD.terminating(aCall("after all").version(2).priced(OWED, FREE));

        assertThat(WORLD.balances(call))
                .isEqualTo(Map.of(
                        "carrier:acme", "0.012000", "carrier:zenith", "-0.010000", "clearinghouse:fee", "-0.002000"));
    }

    @Test
    void attemptsStandOnLinesOfTheirOwn() throws Exception {
        try (World world = World.inNovember()) {
            world.settle(aCall("attempt").unanswered().priced(OWED, FREE))
                    .settle(aCall("call").priced(OWED, FREE));

            world.close("2026-11", "2026-12", "acme");

            assertThat(new ObjectMapper()
                            .readTree(World.json(world.statements("acme").getFirst()))
                            .at("/lines")
                            .findValuesAsText("kind"))
                    .containsExactlyInAnyOrder("ATTEMPTS", "CALLS");
        }
    }
}
