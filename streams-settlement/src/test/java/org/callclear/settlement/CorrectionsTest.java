package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.Posted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A report in a higher version takes the place of the one before it, in the books as in the file. */
class CorrectionsTest {
    private static final World WORLD = World.inNovember();

    @AfterAll
    static void closeWorld() {
        WORLD.close();
    }

    @Test
    void aCorrectionTakesTheEntryBackAndReplacesItNamingTheOriginal() {
        CallStory call = aCall("corrected").talked(60);
        WORLD.settle(call);
        WORLD.originating(aCall("corrected").talked(30).version(2));

        WORLD.terminating(aCall("corrected").talked(30).version(2));

        assertThat(WORLD.balances(call))
                .isEqualTo(Map.of(
                        "carrier:acme", "0.006000", "carrier:zenith", "-0.005000", "clearinghouse:fee", "-0.001000"));
        String id = call.callId() + "/1";
        assertThat(WORLD.postings().stream().filter(posting -> posting.callId().equals(call.callId())))
                .extracting(Posted::entryId, posting -> posting.entryKind().name(), Posted::refersTo, Posted::cause)
                .containsOnly(
                        tuple(id, "ENTRY", "", "FIRST"),
                        tuple(id + "/2", "REVERSAL", id, "CORRECTION"),
                        tuple(id + "/3", "REPLACEMENT", id, "CORRECTION"),
                        tuple(id + "/4", "REVERSAL", id + "/3", "CORRECTION"),
                        tuple(id + "/5", "REPLACEMENT", id + "/3", "CORRECTION"));
    }

    @Test
    void theLinesOfAReversalAreThoseOfTheOriginalNegated() {
        CallStory call = aCall("negated").talkedMillis(90_000, 60_000);
        WORLD.settle(call);

        WORLD.originating(aCall("negated").talked(60).version(2));

        List<Posted> lines = WORLD.postings().stream()
                .filter(posting -> posting.callId().equals(call.callId()))
                .toList();
        List<Posted> original = entry(lines, "/1");
        List<Posted> reversal = entry(lines, "/1/2");
        assertThat(original).hasSize(6);
        assertThat(reversal)
                .extracting(Posted::account, Posted::kind, Posted::amount)
                .containsExactlyElementsOf(original.stream()
                        .map(line ->
                                tuple(line.account(), line.kind(), line.amount().negate()))
                        .toList());
    }

    @Test
    void theFirstVersionThatComesAfterItsCorrectionIsSetAsideAndTheBooksAreTheSame() {
        CallStory call = aCall("overtaken").talked(60);
        WORLD.granted(call).terminating(aCall("overtaken").talked(30));
        WORLD.originating(aCall("overtaken").talked(30).version(2));

        WORLD.originating(call);

        assertThat(reasons(call)).containsExactly("SUPERSEDED");
        assertThat(WORLD.balances(call))
                .isEqualTo(Map.of(
                        "carrier:acme", "0.006000", "carrier:zenith", "-0.005000", "clearinghouse:fee", "-0.001000"));
        assertThat(WORLD.books(call)).hasSize(3);
    }

    @Test
    void theFirstVersionAgainAfterItsCorrectionIsARepetition() {
        CallStory call = aCall("again").talked(60);
        WORLD.settle(call).originating(aCall("again").talked(59).version(2));
        List<String> before = WORLD.books(call);

        WORLD.originating(call);

        assertThat(WORLD.books(call)).isEqualTo(before);
        assertThat(reasons(call)).isEmpty();
    }

    @Test
    void anotherContentInTheSameVersionIsAConflictAndChangesNothing() {
        CallStory call = aCall("conflict").talked(60);
        WORLD.settle(call).originating(aCall("conflict").talked(59).version(2));
        List<String> before = WORLD.books(call);

        WORLD.originating(aCall("conflict").talked(58).version(2));

        assertThat(WORLD.books(call)).isEqualTo(before);
        assertThat(reasons(call)).containsExactly("CONFLICT");
    }

    @Test
    void aLowerVersionNeverSeenBeforeIsSuperseded() {
        CallStory call = aCall("between").talked(60);
        WORLD.settle(call).originating(aCall("between").talked(60).version(3));

        WORLD.originating(aCall("between").talked(58).version(2));

        assertThat(reasons(call)).containsExactly("SUPERSEDED");
        assertThat(WORLD.books(call)).hasSize(3);
    }

    @Test
    void aCorrectionToUnansweredLeavesOnlyAReversal() {
        CallStory call = aCall("unanswered").talked(60);
        WORLD.settle(call).originating(aCall("unanswered").unanswered().version(2));

        WORLD.terminating(aCall("unanswered").unanswered().version(2));

        assertThat(WORLD.balances(call)).isEmpty();
        assertThat(WORLD.postings().stream().filter(posting -> posting.callId().equals(call.callId())))
                .last()
                .extracting(posting -> posting.entryKind().name())
                .isEqualTo("REVERSAL");
        assertThat(WORLD.disputes(call)).last().asString().contains("WITHDRAWN");
    }

    @Test
    void aCorrectionThatComesAfterTheCloseStandsInTheOpenPeriodAndNamesItsOwn() {
        try (World world = World.inNovember()) {
            CallStory call = aCall("late").talked(60);
            world.settle(call).close("2026-11", "2026-12", "acme");

            world.originating(aCall("late").talked(59).version(2));

            assertThat(world.books(call))
                    .containsExactly(
                            "ENTRY carrier:acme 0.012000 EUR in 2026-11",
                            "ENTRY carrier:zenith -0.010000 EUR in 2026-11",
                            "ENTRY clearinghouse:fee -0.002000 EUR in 2026-11");

            world.terminating(aCall("late").talked(30).version(2));

            assertThat(world.books(call).subList(3, 6))
                    .containsExactly(
                            "REVERSAL carrier:acme -0.012000 EUR in 2026-12 of 2026-11",
                            "REVERSAL carrier:zenith 0.010000 EUR in 2026-12 of 2026-11",
                            "REVERSAL clearinghouse:fee 0.002000 EUR in 2026-12 of 2026-11");
            assertThat(world.books(call).subList(6, world.books(call).size()))
                    .allSatisfy(
                            line -> assertThat(line).startsWith("REPLACEMENT").endsWith("in 2026-12 of 2026-11"));
        }
    }

    @Test
    void aThousandCorrectionsAreTakenAndNoMore() {
        try (World world = World.inNovember()) {
            CallStory call = aCall("without end").talked(60);
            world.settle(call);
            for (int version = 2; version <= 1_001; version++) {
                world.originating(aCall("without end").talked(60).version(version));
            }
            assertThat(world.rejected()).isEmpty();

            world.originating(aCall("without end").talked(30).version(1_002))
                    .originating(aCall("without end").talked(60).version(7));

            assertThat(world.rejected())
                    .extracting(RejectedRecord::getReason)
                    .containsExactly("TOO_MANY_VERSIONS"); // version 7 is known
            assertThat(world.books(call)).hasSize(3);
            world.terminating(aCall("without end").talked(59).version(2)); // a report of its own
            assertThat(world.balances(call)).containsEntry("carrier:acme", "0.011800");
        }
    }

    private static List<String> reasons(CallStory call) {
        return WORLD.rejected().stream()
                .filter(rejected -> call.callId()
                        .equals(java.nio.charset.StandardCharsets.UTF_8
                                .decode(rejected.getKey().duplicate())
                                .toString()))
                .map(RejectedRecord::getReason)
                .toList();
    }

    private static List<Posted> entry(List<Posted> lines, String suffix) {
        return lines.stream()
                .filter(line -> line.entryId().equals(line.callId() + suffix))
                .toList();
    }
}
