package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.Orders.paid;
import static org.callclear.testkit.settlement.Orders.pays;

import java.util.List;
import org.callclear.schemas.avro.OutcomeKind;
import org.callclear.schemas.avro.PostNetting;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.testkit.settlement.Posted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payments of a netting stand in the books once. */
class NettingPostsTest {
    private final World world = World.inNovember();

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void eachCarriersPaymentIsAnEntryAgainstTheBank() {
        pay(netting("n1", "EUR"));

        assertThat(lines())
                .containsExactly(
                        "settlement/2026-11/EUR/acme carrier:acme -12.340000",
                        "settlement/2026-11/EUR/acme clearinghouse:bank 12.340000",
                        "settlement/2026-11/EUR/zenith carrier:zenith 12.340000",
                        "settlement/2026-11/EUR/zenith clearinghouse:bank -12.340000");
        assertThat(world.postings()).allSatisfy(posting -> {
            assertThat(posting.kind()).isEqualTo(PostingKind.SETTLEMENT);
            assertThat(posting.period()).isEqualTo("2026-11");
            assertThat(posting.cause()).isEqualTo("NETTING");
            assertThat(posting.commandId()).isEqualTo("n1");
        });
    }

    @Test
    void thePeriodIsPaidOnceInACurrency() {
        pay(netting("n1", "EUR"));

        pay(netting("n2", "EUR"));

        assertThat(world.outcome("n2").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(lines()).hasSize(4);
    }

    @Test
    void theSameCommandAgainIsTakenAndDoesNothing() {
        pay(netting("n1", "EUR"));

        pay(netting("n1", "EUR"));

        assertThat(world.outcome("n1").getOutcome()).isEqualTo(OutcomeKind.ACCEPTED);
        assertThat(lines()).hasSize(4);
    }

    @Test
    void anotherCurrencyIsPaidApart() {
        pay(netting("n1", "EUR"));

        pay(netting("n2", "USD"));

        assertThat(world.outcome("n2").getOutcome()).isEqualTo(OutcomeKind.ACCEPTED);
        assertThat(lines()).hasSize(8);
    }

    @Test
    void ofTwoOperatorsWhoAskAtOnceOneIsPaid() {
        PostNetting one = paid("n1", "2026-11", "EUR", pays("acme", "12.34"));
        PostNetting other = paid("n2", "2026-11", "EUR", pays("acme", "12.33"));

        pay(other);
        pay(one);

        assertThat(world.outcome("n2").getOutcome()).isEqualTo(OutcomeKind.ACCEPTED);
        assertThat(world.outcome("n1").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(world.postings()).extracting(Posted::commandId).containsOnly("n2");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12, 2026-11",
        "2026-12, 2026-12@Europe/Berlin",
        "2026-12@Asia/Tokyo, 2026-11@Europe/Berlin",
        "2026-11, 2026-11-30",
        "2026-11, 2026-W48",
        "2026-W49, 2026-11",
        "2026-W53, 2026-12",
    })
    void aPeriodThatEndsNoLaterThanOnePaidIsRefused(String paid, String late) {
        pay(netting("n1", paid, "EUR"));

        pay(netting("n2", late, "EUR"));

        assertThat(world.outcome("n2").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(world.postings()).extracting(Posted::commandId).containsOnly("n1");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11, 2026-12",
        "2026-11, 2026-12@Europe/Berlin",
        "2026-11-29, 2026-11",
        "2026-W48, 2026-11",
        "2026-11, 2026-W49",
        "2026-12, 2026-W53",
    })
    void aPeriodThatEndsLaterIsPaid(String before, String next) {
        pay(netting("n1", before, "EUR"));

        pay(netting("n2", next, "EUR"));

        assertThat(world.outcome("n2").getOutcome()).isEqualTo(OutcomeKind.ACCEPTED);
        assertThat(lines()).hasSize(8);
    }

    @Test
    void theSameCommandAgainAfterALaterPeriodIsTakenAndDoesNothing() {
        pay(netting("n1", "2026-11", "EUR"));
        pay(netting("n2", "2026-12", "EUR"));

        pay(netting("n1", "2026-11", "EUR"));

        assertThat(world.outcome("n1").getOutcome()).isEqualTo(OutcomeKind.ACCEPTED);
        assertThat(lines()).hasSize(8);
    }

    @Test
    void theLatestPeriodPaidIsRememberedAfterARefusal() {
        pay(netting("n1", "2026-12", "EUR"));
        pay(netting("n2", "2026-11", "EUR"));

        pay(netting("n3", "2026-12-15", "EUR"));

        assertThat(world.outcome("n3").getOutcome()).isEqualTo(OutcomeKind.REFUSED);
        assertThat(lines()).hasSize(4);
    }

    private void pay(PostNetting netting) {
        world.journal(netting.getCurrency(), netting);
    }

    private static PostNetting netting(String command, String currency) {
        return netting(command, "2026-11", currency);
    }

    private static PostNetting netting(String command, String period, String currency) {
        return paid(command, period, currency, pays("acme", "12.34"), pays("zenith", "-12.34"));
    }

    private List<String> lines() {
        return world.postings().stream().map(NettingPostsTest::line).toList();
    }

    private static String line(Posted posting) {
        return posting.entryId() + " " + posting.account() + " "
                + posting.amount().toPlainString();
    }
}
