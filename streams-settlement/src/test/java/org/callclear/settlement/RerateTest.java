package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;
import static org.callclear.testkit.settlement.Orders.rerate;

import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.Role;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A side of a call gets another price after it was settled. */
class RerateTest {
    private static final World WORLD = World.inNovember();
    private static final RateTerms DEARER = Terms.perMinute("EUR", "0.020");

    @AfterAll
    static void closeWorld() {
        WORLD.close();
    }

    @Test
    void theOriginatingSideOfAnAuthorizedCallIsPricedAnew() {
        CallStory call = aCall("origination");
        WORLD.settle(call);

        WORLD.journal(call.callId(), rerate("origination", call, Role.ORIGINATING, DEARER));

        assertThat(WORLD.books(call))
                .containsExactly(
                        "ENTRY carrier:acme 0.012000 EUR in 2026-11",
                        "ENTRY carrier:zenith -0.010000 EUR in 2026-11",
                        "ENTRY clearinghouse:fee -0.002000 EUR in 2026-11",
                        "REVERSAL carrier:acme -0.012000 EUR in 2026-11",
                        "REVERSAL carrier:zenith 0.010000 EUR in 2026-11",
                        "REVERSAL clearinghouse:fee 0.002000 EUR in 2026-11",
                        "REPLACEMENT carrier:acme 0.020000 EUR in 2026-11",
                        "REPLACEMENT carrier:zenith -0.010000 EUR in 2026-11",
                        "REPLACEMENT clearinghouse:fee -0.010000 EUR in 2026-11");
        assertThat(WORLD.postings().stream()
                        .filter(posting -> posting.callId().equals(call.callId()))
                        .skip(3))
                .allSatisfy(posting -> {
                    assertThat(posting.cause()).isEqualTo("RERATE");
                    assertThat(posting.commandId()).isEqualTo("origination");
                });
    }

    @Test
    void theTerminatingSideOfAnAuthorizedCallHoldsASignedPrice() {
        CallStory call = aCall("termination");
        WORLD.settle(call);

        WORLD.journal(call.callId(), rerate("termination", call, Role.TERMINATING, DEARER));

        assertThat(WORLD.outcome("termination").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(WORLD.books(call)).hasSize(3);
    }

    @Test
    void aSignedPriceHoldsBeforeTheGrantIsKnownToo() {
        CallStory call = aCall("termination before its grant");
        WORLD.originating(call).terminating(call);

        WORLD.journal(call.callId(), rerate("before its grant", call, Role.TERMINATING, DEARER));

        assertThat(WORLD.outcome("before its grant").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
    }

    @Test
    void bothSidesOfAnImportedCallArePricedAnew() {
        CallStory call = aCall("imported").imported();
        WORLD.originating(call).terminating(call);

        WORLD.journal(call.callId(), rerate("both 1", call, Role.ORIGINATING, DEARER))
                .journal(call.callId(), rerate("both 2", call, Role.TERMINATING, Terms.perMinute("EUR", "0.015")));

        assertThat(WORLD.balances(call))
                .isEqualTo(Map.of(
                        "carrier:acme", "0.020000", "carrier:zenith", "-0.015000", "clearinghouse:fee", "-0.005000"));
    }

    @Test
    void theSameCommandTwiceDoesItOnce() {
        CallStory call = aCall("twice");
        WORLD.settle(call).journal(call.callId(), rerate("twice", call, Role.ORIGINATING, DEARER));
        List<String> before = WORLD.books(call);

        WORLD.journal(call.callId(), rerate("twice", call, Role.ORIGINATING, Terms.perMinute("EUR", "0.030")));

        assertThat(WORLD.books(call)).isEqualTo(before);
        assertThat(WORLD.outcome("twice").getOutcome()).isEqualTo(OutcomeKind.ACCEPTED);
    }

    @Test
    void theSamePriceChangesNoBooks() {
        CallStory call = aCall("same price");
        WORLD.settle(call);

        WORLD.journal(
                call.callId(),
                rerate("same price", call, Role.ORIGINATING, call.grant().getOriginationTerms()));

        assertThat(WORLD.books(call)).hasSize(3);
    }

    @Test
    void anUnknownCallIsNotPriced() {
        CallStory call = aCall("nobody knows");

        WORLD.journal(call.callId(), rerate("nobody", call, Role.ORIGINATING, DEARER));

        assertThat(WORLD.outcome("nobody").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
    }

    @Test
    void whatIsWithheldIsPricedAnewToo() {
        CallStory call = aCall("disputed").talkedMillis(90_000, 60_000);
        WORLD.settle(call);

        WORLD.journal(call.callId(), rerate("disputed", call, Role.ORIGINATING, DEARER));

        assertThat(WORLD.balances(call))
                .containsEntry("carrier:acme", "0.020000")
                .containsEntry("suspense:acme", "0.010000")
                .containsEntry("suspense:zenith", "-0.005000");
        assertThat(WORLD.disputes(call)).containsExactly("DURATION_MISMATCH OPEN 1", "DURATION_MISMATCH OPEN 2");
    }

    @Test
    void theNewPriceFallsWhenACorrectionIsStampedWithOtherTerms() {
        CallStory call = aCall("another number").imported();
        WORLD.originating(call)
                .terminating(call)
                .journal(call.callId(), rerate("another number", call, Role.ORIGINATING, DEARER));

        CallStory right = aCall("another number")
                .imported()
                .called("4940123456")
                .priced(Terms.perMinute("EUR", "0.018"), Terms.perMinute("EUR", "0.015"))
                .version(2);
        WORLD.originating(right).terminating(right);

        assertThat(WORLD.balances(call))
                .isEqualTo(Map.of(
                        "carrier:acme", "0.018000", "carrier:zenith", "-0.015000", "clearinghouse:fee", "-0.003000"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ORIGINATING", "TERMINATING"})
    void theNewPriceFallsWhenTheSideCannotBePricedAnyMore(Role side) {
        String name = "no price " + side;
        CallStory call = aCall(name).imported();
        WORLD.originating(call).terminating(call).journal(call.callId(), rerate(name, call, side, DEARER));

        if (side == Role.ORIGINATING) {
            WORLD.originating(aCall(name).imported().notOwedFor(Rating.UNRATED).version(2));
        } else {
            WORLD.terminating(aCall(name).imported().notDueFor(Rating.UNRATED).version(2));
        }

        assertThat(WORLD.balances(call)).isEmpty();
        assertThat(WORLD.disputes(call)).containsExactly("UNRATED OPEN 1");
    }

    @Test
    void whatFellDoesNotComeBackWithTheTermsItReplaced() {
        CallStory call = aCall("back again").imported();
        CallStory other = aCall("back again")
                .imported()
                .priced(Terms.perMinute("EUR", "0.018"), Terms.perMinute("EUR", "0.010"))
                .version(2);
        WORLD.originating(call)
                .terminating(call)
                .journal(call.callId(), rerate("back again", call, Role.ORIGINATING, DEARER))
                .originating(other);

        WORLD.originating(aCall("back again").imported().version(3));

        assertThat(WORLD.balances(call)).containsEntry("carrier:acme", "0.012000");
    }

    @Test
    void theNewPriceStaysWhenACorrectionIsStampedWithTheSameTermsOrIsTheOtherSides() {
        CallStory call = aCall("same stamp").imported();
        WORLD.originating(call)
                .terminating(call)
                .journal(call.callId(), rerate("same stamp", call, Role.ORIGINATING, DEARER));

        WORLD.originating(aCall("same stamp").imported().talked(59).version(2))
                .terminating(aCall("same stamp")
                        .imported()
                        .talked(59)
                        .priced(DEARER, Terms.perMinute("EUR", "0.015"))
                        .version(2));

        assertThat(WORLD.balances(call))
                .containsEntry("carrier:acme", "0.019667")
                .containsEntry("carrier:zenith", "-0.014750");
    }

    @Test
    void aCorrectionAfterwardsKeepsTheNewPrice() {
        CallStory call = aCall("corrected");
        WORLD.settle(call).journal(call.callId(), rerate("then corrected", call, Role.ORIGINATING, DEARER));

        WORLD.terminating(aCall("corrected").talked(59).version(2));

        assertThat(WORLD.balances(call)).containsEntry("carrier:acme", "0.019667");
    }
}
