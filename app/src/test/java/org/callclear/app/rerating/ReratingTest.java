package org.callclear.app.rerating;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.callclear.app.rerating.Settled.BEGIN;
import static org.callclear.app.rerating.Settled.END;
import static org.callclear.app.rerating.Settled.NOON;
import static org.callclear.app.rerating.Settled.call;
import static org.callclear.app.rerating.Settled.contract;
import static org.callclear.app.rerating.Settled.deck;
import static org.callclear.app.rerating.Settled.row;
import static org.callclear.app.rerating.Settled.terms;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.Contract;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.rating.RateDeck;
import org.junit.jupiter.api.Test;

class ReratingTest {
    private static final Contract OUT = contract(Role.ORIGINATING, 1);
    private static final RateDeck CHEAPER = deck(2, "49", "0.009");

    @Test
    void theDifferenceIsShownLineByLineAndInTotal() {
        Rerating rerating = rerate(
                CHEAPER,
                call("a"),
                call("b").seconds(120),
                call("c").to("lumen").seconds(30));

        assertThat(rerating.lines())
                .extracting(
                        line -> line.name().counterparty(),
                        line -> line.name().rate(),
                        line -> line.name().newRate(),
                        DifferenceLine::calls,
                        DifferenceLine::before,
                        DifferenceLine::after,
                        DifferenceLine::difference)
                .containsExactly(
                        tuple("lumen", "0.012000", "0.009000", 1, "0.006000", "0.004500", "-0.001500"),
                        tuple("zenith", "0.012000", "0.009000", 2, "0.036000", "0.027000", "-0.009000"));
        assertThat(requireNonNull(rerating.totals().get("EUR")).difference()).isEqualByComparingTo("-0.0105");
        assertThat(rerating.leftAlone()).isEmpty();
    }

    @Test
    void whatTheDeckAndTheContractSaidBeforeTheyStillSay() {
        assertThat(rerate(deck(1, "49", "0.012"), call("a")).leftAlone()).isEqualTo(Map.of(LeftAlone.SAME_PRICE, 1L));
        // Another revision, the same price.
        assertThat(rerate(deck(2, "49", "0.012"), call("a")).leftAlone()).isEqualTo(Map.of(LeftAlone.SAME_PRICE, 1L));
    }

    @Test
    void whatWasPricedAnewIsFoundPricedAlready() {
        Rerating again = rerate(CHEAPER, call("a").owedBy(terms(OUT, CHEAPER)).revision(2));

        assertThat(again.size()).isZero();
        assertThat(again.leftAlone()).isEqualTo(Map.of(LeftAlone.SAME_PRICE, 1L));
    }

    @Test
    void aChangedContractPricesAnewAsWell() {
        Contract dearer = Contract.newBuilder(contract(Role.ORIGINATING, 2))
                .setMinimumCharge(new BigDecimal("0.050000"))
                .build();

        Rerating rerating = rerate(new Scope(dearer, deck(1, "49", "0.012"), BEGIN, END, false), call("a"));

        assertThat(rerating.lines()).extracting(DifferenceLine::after).containsExactly(new BigDecimal("0.050000"));
    }

    @Test
    void onlyCallsOfTheTimeOfTheContractCount() {
        Rerating rerating = rerate(
                CHEAPER,
                call("first").at(BEGIN),
                call("before").at(BEGIN.minusMillis(1)),
                call("last").at(END.minusMillis(1)),
                call("after").at(END),
                call("other").owedBy(otherContract()));

        assertThat(rerating.changes())
                .extracting(change -> change.call().callId())
                .containsExactly(call("first").callId(), call("last").callId());
        assertThat(rerating.leftAlone()).isEmpty();
    }

    @Test
    void theHighestRevisionOfAnAttemptCounts() {
        Rerating rerating = rerate(
                CHEAPER,
                call("longer"),
                call("longer").seconds(600).revision(2),
                call("gone"),
                call("gone").at(END.plusSeconds(1)).revision(2));

        assertThat(rerating.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.cost().settled()).isEqualByComparingTo("0.12"));
    }

    @Test
    void callsChangeInOrderOfTheirAnswersAndThenOfTheirIds() {
        List<String> together = List.of(call("x").callId(), call("y").callId()).stream()
                .sorted()
                .toList();

        Rerating rerating = rerate(
                CHEAPER,
                call("late").at(NOON.plusSeconds(1)),
                call("y"),
                call("x"),
                call("early").at(BEGIN));

        assertThat(rerating.changes())
                .extracting(change -> change.call().callId())
                .containsExactly(
                        call("early").callId(),
                        together.getFirst(),
                        together.getLast(),
                        call("late").callId());
    }

    @Test
    void authorizedCallsAreLeftAloneUnlessAskedFor() {
        Settled call = call("a").authorized();

        assertThat(rerate(CHEAPER, call).leftAlone()).isEqualTo(Map.of(LeftAlone.GRANTED, 1L));
        assertThat(rerate(new Scope(OUT, CHEAPER, BEGIN, END, true), call).size())
                .isEqualTo(1);
    }

    @Test
    void termsThatATokenSignsAreNeverChanged() {
        Scope asked = new Scope(contract(Role.TERMINATING, 1), CHEAPER, BEGIN, END, true);

        Rerating rerating = rerate(asked, call("signed").authorized(), call("imported"));

        assertThat(rerating.changes())
                .extracting(change -> change.call().callId())
                .containsExactly(call("imported").callId());
        assertThat(rerating.leftAlone()).isEqualTo(Map.of(LeftAlone.BOUND_BY_TOKEN, 1L));
    }

    @Test
    void whatTheDeckDoesNotPriceIsListedAndLeftAsItIs() {
        RateDeck deck = RateDeck.of(
                "wholesale",
                2,
                List.of(row("4930", "0.009", RateStatus.ACTIVE_RATE), row("49900", "0", RateStatus.BLOCKED_RATE)));

        Rerating rerating = rerate(
                deck, call("a"), call("none").called("4940123456"), call("no").called("4990012345"));

        assertThat(rerating.size()).isEqualTo(1);
        assertThat(rerating.leftAlone()).isEqualTo(Map.of(LeftAlone.UNRATED, 1L, LeftAlone.BLOCKED, 1L));
        assertThat(rerating.unpriced())
                .allSatisfy(call -> assertThat(call.maskedCalled()).matches("49[0-9]{2}\\*{6}"))
                .extracting(Rerating.Unpriced::callId)
                .containsExactlyInAnyOrder(call("none").callId(), call("no").callId());
    }

    @Test
    void whatIsWithheldIsPricedAnewWithTheRest() {
        Rerating rerating = rerate(CHEAPER, call("a").claimed(60L, 180));

        DifferenceLine line = rerating.lines().getFirst();
        assertThat(line.difference()).isEqualByComparingTo("-0.003");
        assertThat(line.withheldBefore()).isEqualByComparingTo("0.024");
        assertThat(line.withheldDifference()).isEqualByComparingTo("-0.006");
    }

    @Test
    void whereNothingHasSettledTheDisputeIsDecidedFirst() {
        assertThat(rerate(CHEAPER, call("a").claimed(null, 60)).leftAlone())
                .isEqualTo(Map.of(LeftAlone.WITHHELD_ONLY, 1L));
    }

    @Test
    void whatHadNoPriceIsGivenOne() {
        Rerating rerating = rerate(CHEAPER, call("a").unrated());

        assertThat(rerating.leftAlone()).isEmpty();
        assertThat(rerating.lines()).singleElement().satisfies(line -> {
            assertThat(line.name().rate()).isNull();
            assertThat(line.name().newRate()).isEqualByComparingTo("0.009");
            assertThat(line.before()).isEqualByComparingTo("0");
            assertThat(line.after()).as("of the shorter talk time").isEqualByComparingTo("0.009");
        });
        assertThat(rerating.changes())
                .singleElement()
                .satisfies(change -> assertThat(change.before()).isNull());
    }

    @Test
    void whatHasNoPriceNowEitherIsListed() {
        Rerating rerating = rerate(deck(2, "33", "0.01"), call("a").unrated());

        assertThat(rerating.size()).isZero();
        assertThat(rerating.unpriced()).extracting(Rerating.Unpriced::why).containsExactly(LeftAlone.UNRATED);
    }

    @Test
    void whatWasAuthorizedAndHasNoPriceIsCounted() {
        assertThat(rerate(CHEAPER, call("a").authorized().unrated()).leftAlone())
                .isEqualTo(Map.of(LeftAlone.NEVER_PRICED, 1L));
    }

    @Test
    void anAttemptCostsItsNewFee() {
        Contract before = Contract.newBuilder(contract(Role.ORIGINATING, 1))
                .setAttemptFee(new BigDecimal("0.001000"))
                .build();
        Contract now = Contract.newBuilder(contract(Role.ORIGINATING, 2))
                .setAttemptFee(new BigDecimal("0.003000"))
                .build();
        Settled attempt = call("a").attempt(terms(before, deck(1, "49", "0.012")));

        Rerating rerating = rerate(new Scope(now, CHEAPER, BEGIN, END, false), attempt);

        assertThat(rerating.lines()).singleElement().satisfies(line -> {
            assertThat(line.name().attempt()).isTrue();
            assertThat(line.name().newRate()).isEqualByComparingTo("0.003");
            assertThat(line.difference()).isEqualByComparingTo("0.002");
        });
    }

    @Test
    void aCallStaysInItsCurrency() {
        Contract dollars = Contract.newBuilder(contract(Role.ORIGINATING, 2))
                .setCurrency("USD")
                .build();

        assertThat(rerate(new Scope(dollars, CHEAPER, BEGIN, END, false), call("a"))
                        .leftAlone())
                .isEqualTo(Map.of(LeftAlone.OTHER_CURRENCY, 1L));
    }

    @Test
    void anEmptyTimeIsNoScope() {
        assertThatThrownBy(() -> new Scope(OUT, CHEAPER, END, END, false)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Rerating rerate(RateDeck deck, Settled... calls) {
        return rerate(new Scope(OUT, deck, BEGIN, END, false), calls);
    }

    private static Rerating rerate(Scope scope, Settled... calls) {
        return Rerating.of(Arrays.stream(calls).map(Settled::found).toList(), scope);
    }

    private static org.callclear.schemas.avro.RateTerms otherContract() {
        Contract other = Contract.newBuilder(contract(Role.ORIGINATING, 1))
                .setId("acme-special")
                .build();
        return terms(other, deck(1, "49", "0.012"));
    }

    private static org.assertj.core.groups.Tuple tuple(
            String counterparty, String rate, String newRate, long calls, String before, String after, String more) {
        return org.assertj.core.groups.Tuple.tuple(
                counterparty,
                new BigDecimal(rate),
                new BigDecimal(newRate),
                calls,
                new BigDecimal(before),
                new BigDecimal(after),
                new BigDecimal(more));
    }
}
