package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.schemas.avro.Resolution.SPLIT;
import static org.callclear.settlement.Mismatches.AS_SETTLED;
import static org.callclear.settlement.Mismatches.ONE_O_CLOCK;
import static org.callclear.settlement.Mismatches.mismatch;
import static org.callclear.testkit.settlement.CallStory.aCall;
import static org.callclear.testkit.settlement.Orders.rerate;
import static org.callclear.testkit.settlement.Orders.resolve;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.Role;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a dispute when time passes, and when reports come late or are corrected. */
class DisputeChangesTest {
    private static final World WORLD = World.inNovember();
    private static final Instant TWO_YEARS_LATER = Instant.parse("2028-11-23T13:00:00Z");

    @AfterAll
    static void closeWorld() {
        WORLD.close();
    }

    @Test
    void oneSideWaitsForTheContractsDelayInLogTimeToTheSecond() {
        try (World world = World.inNovember()) {
            CallStory call = aCall("one side").waiting(Duration.ofMinutes(20)); // taken in at 12:01:30
            world.granted(call).originating(call);
            world.timePasses(Duration.ofDays(30));
            world.logTime(Instant.parse("2026-11-23T12:19:59Z")); // taken in at 12:21:29
            assertThat(world.disputes(call)).isEmpty();

            world.logTime(Instant.parse("2026-11-23T12:20:00Z"));

            assertThat(world.disputes(call)).containsExactly("ONLY_ORIGINATING OPEN 1");
            assertThat(world.balances(call))
                    .containsEntry("suspense:acme", "0.012000")
                    .doesNotContainKey("carrier:acme");
        }
    }

    @Test
    void theReportThatWasMissedWithdrawsTheDisputeWhenItComes() {
        try (World world = World.inNovember()) {
            CallStory call = aCall("missed");
            world.granted(call).terminating(call).logTime(ONE_O_CLOCK);

            world.originating(call);

            assertThat(world.disputes(call)).hasSize(2).last().asString().endsWith("WITHDRAWN 2");
            assertThat(world.balances(call)).isEqualTo(AS_SETTLED);
        }
    }

    @Test
    void aReportThatComesLateIsJudgedAsIfItHadComeInTime() {
        try (World world = World.inNovember()) {
            CallStory call = mismatch("late mismatch");
            world.granted(call).terminating(call).logTime(ONE_O_CLOCK);

            world.originating(call);

            assertThat(world.disputes(call)).containsExactly("ONLY_TERMINATING OPEN 1", "DURATION_MISMATCH OPEN 2");
            assertThat(world.balances(call))
                    .containsAllEntriesOf(AS_SETTLED)
                    .containsEntry("suspense:acme", "0.006000");
        }
    }

    @Test
    void anAttemptWithoutAGrantWaitsAndIsThenUnauthorizedUntilTheGrantComes() {
        try (World world = World.inNovember()) {
            CallStory call = aCall("no grant");
            world.originating(call).terminating(call).logTime(ONE_O_CLOCK);
            assertThat(world.disputes(call)).containsExactly("UNAUTHORIZED OPEN 1");

            world.granted(call);

            assertThat(world.disputes(call)).last().asString().endsWith("WITHDRAWN 2");
            assertThat(world.balances(call)).isEqualTo(AS_SETTLED);
        }
    }

    @Test
    void aCorrectionThatMakesBothSidesAgreeWithdrawsTheDispute() {
        CallStory call = mismatch("agree after all");
        WORLD.settle(call);

        WORLD.originating(aCall("agree after all").talked(60).version(2));

        assertThat(WORLD.disputes(call)).last().asString().endsWith("WITHDRAWN 2");
        assertThat(WORLD.balances(call)).isEqualTo(AS_SETTLED);
    }

    @Test
    void aCorrectionOfWhatIsClaimedOpensADecidedDisputeAgain() {
        CallStory call = mismatch("again");
        WORLD.settle(call).journal(call.callId(), resolve("again", call, Resolution.ACCEPTED));

        WORLD.originating(aCall("again").talkedMillis(120_000, 60_000).version(2));

        assertThat(WORLD.disputes(call)).last().isEqualTo("DURATION_MISMATCH OPEN 3");
        assertThat(WORLD.balances(call)).containsAllEntriesOf(AS_SETTLED).containsEntry("suspense:acme", "0.012000");
    }

    @Test
    void aCorrectionThatChangesTheClassOpensADecidedDisputeAgain() {
        CallStory call = mismatch("other class");
        WORLD.settle(call).journal(call.callId(), resolve("other class", call, Resolution.REJECTED));

        WORLD.terminating(aCall("other class").unanswered().version(2));

        assertThat(WORLD.disputes(call)).last().isEqualTo("ONLY_ORIGINATING OPEN 3");
        assertThat(WORLD.balances(call))
                .containsEntry("suspense:acme", "0.018000")
                .doesNotContainKey("carrier:acme");
    }

    @Test
    void aCorrectionThatChangesNothingOfTheCaseLeavesTheDecision() {
        CallStory call = mismatch("stands");
        WORLD.settle(call).journal(call.callId(), resolve("stands", call, Resolution.ACCEPTED));
        List<String> before = WORLD.books(call);

        WORLD.originating(aCall("stands").talkedMillis(90_000, 60_000).version(2));

        assertThat(WORLD.disputes(call)).last().isEqualTo("DURATION_MISMATCH ACCEPTED 2");
        assertThat(WORLD.books(call)).isEqualTo(before);
    }

    @Test
    void whenTheOtherSidesReportHasComeTheDisputeCanBeAccepted() {
        try (World world = World.inNovember()) {
            CallStory call = mismatch("late pair").imported();
            world.terminating(call)
                    .logTime(ONE_O_CLOCK)
                    .journal(call.callId(), resolve("too early", call, Resolution.ACCEPTED))
                    .originating(call);

            world.journal(call.callId(), resolve("then", call, Resolution.ACCEPTED));

            assertThat(world.disputes(call)).last().isEqualTo("DURATION_MISMATCH ACCEPTED 3");
            assertThat(world.balances(call)).containsEntry("carrier:acme", "0.018000");
        }
    }

    @Test
    void aSideThatHasNotReportedIsGivenNoPrice() {
        try (World world = World.inNovember()) {
            CallStory call = aCall("priced by hand").imported();
            world.terminating(call)
                    .logTime(ONE_O_CLOCK)
                    .journal(call.callId(), rerate("price", call, Role.ORIGINATING, Terms.perMinute("EUR", "0.012")))
                    .journal(call.callId(), resolve("then", call, Resolution.ACCEPTED));

            assertThat(world.outcome("price").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
            assertThat(world.outcome("then").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
            assertThat(world.balances(call)).isNotEqualTo(AS_SETTLED);
        }
    }

    @ParameterizedTest
    @CsvSource({"ACCEPTED", "SPLIT"})
    void aDecisionFallsWhenASideLosesItsTerms(Resolution resolution) {
        String name = "loses terms " + resolution;
        CallStory call = aCall(name).imported().answeredOnlyToTheGateway();
        WORLD.originating(call)
                .terminating(call)
                .journal(
                        call.callId(),
                        resolve(name, call.callId() + "/0", call, resolution, resolution == SPLIT ? 60_000L : null));
        assertThat(WORLD.balances(call)).isEqualTo(AS_SETTLED);

        WORLD.originating(aCall(name)
                .imported()
                .answeredOnlyToTheGateway()
                .notOwedFor(Rating.UNRATED)
                .version(2));

        assertThat(WORLD.disputes(call)).last().isEqualTo("ONLY_TERMINATING OPEN 3");
        assertThat(WORLD.balances(call))
                .isEqualTo(Map.of("suspense:zenith", "-0.010000", "clearinghouse:suspense", "0.010000"));
    }

    @Test
    void anOpenDisputeIsNotForgottenWithItsCall() {
        try (World world = World.inNovember()) {
            CallStory call = anOldId().talkedMillis(90_000, 60_000);
            world.settle(call).logTime(TWO_YEARS_LATER);

            world.journal(call.callId(), resolve("late", call, Resolution.REJECTED));

            assertThat(world.disputes(call))
                    .containsExactly("DURATION_MISMATCH OPEN 1", "DURATION_MISMATCH REJECTED 2");
            assertThat(world.balances(call)).isEqualTo(AS_SETTLED);
        }
    }

    @Test
    void norIsAnOpenDisputeOverAStrangersReport() {
        try (World world = World.inNovember()) {
            CallStory call = anOldId();
            world.settle(call)
                    .journal(call.callId(), call.accepted("mallory", call.terminating()))
                    .logTime(TWO_YEARS_LATER);

            world.journal(
                    call.callId(),
                    resolve("late", call.callId() + "/1/TERMINATING/mallory", call, Resolution.REJECTED, null));

            assertThat(world.disputes(call)).containsExactly("UNAUTHORIZED OPEN 1", "UNAUTHORIZED REJECTED 2");
        }
    }

    /** The same command again would be answered as done, if the call were still known. */
    @Test
    void aCallIsForgottenOnceItsLastDisputeIsDecided() {
        try (World world = World.inNovember()) {
            CallStory call = anOldId().talkedMillis(90_000, 60_000);
            world.settle(call)
                    .logTime(TWO_YEARS_LATER)
                    .journal(call.callId(), resolve("late", call, Resolution.REJECTED))
                    .logTime(TWO_YEARS_LATER.plus(Duration.ofHours(1)));

            world.journal(call.callId(), resolve("late", call, Resolution.REJECTED));

            assertThat(world.outcome("late").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
        }
    }

    /** A call whose id says that it began long ago: ids of version 7 begin with the time. */
    private static CallStory anOldId() {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> aCall("old " + i))
                .filter(call -> call.callId().startsWith("00"))
                .findFirst()
                .orElseThrow();
    }
}
