package org.callclear.settlement.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.callclear.settlement.net.NettingTest.amount;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PostingKind;
import org.junit.jupiter.api.Test;

class BooksTest {
    private static final String CH = Netting.CLEARINGHOUSE;

    private final Books books = new Books(Span.of("2026-11"));

    @Test
    void aCallIsOwedToTheTerminatingCarrierAndItsFeeToTheClearinghouse() {
        call("acme", "zenith", "1.2", "1.0");
        call("acme", "zenith", "0.6", "0.5");

        assertThat(books.obligations("EUR")).containsExactly(owes("acme", "zenith", "1.5"), owes("acme", CH, "0.3"));
    }

    @Test
    void aLossIsOwedByTheClearinghouse() {
        call("acme", "zenith", "1", "1.25");

        assertThat(books.obligations("EUR")).containsExactly(owes("acme", "zenith", "1.25"), owes(CH, "acme", "0.25"));
    }

    @Test
    void sidesInTwoCurrenciesAreEachOwedThroughTheClearinghouse() {
        post("carrier:acme", PostingKind.RECEIVABLE, "zenith", "1.2", "EUR", "2026-11");
        post("carrier:zenith", PostingKind.PAYABLE, "acme", "-1.1", "USD", "2026-11");

        assertThat(books.currencies()).containsExactly("EUR", "USD");
        assertThat(books.obligations("EUR")).containsExactly(owes("acme", CH, "1.2"));
        assertThat(books.obligations("USD")).containsExactly(new Obligation(CH, "zenith", amount("1.1"), "USD"));
    }

    @Test
    void aCarrierThatCompletesItsOwnCallsOwesNobodyElse() {
        call("acme", "acme", "1.2", "1.0");

        assertThat(position("acme")).isEqualByComparingTo("-0.2");
    }

    @Test
    void anAdjustmentBelongsToTheSideTheAccountHasTrafficOn() {
        call("acme", "zenith", "1.2", "1.0");
        post("carrier:acme", PostingKind.ADJUSTMENT, "zenith", "0.01", "EUR", "2026-11");
        post("clearinghouse:fee", PostingKind.ADJUSTMENT, "acme", "-0.01", "EUR", "2026-11");
        post("carrier:zenith", PostingKind.ADJUSTMENT, "acme", "-0.02", "EUR", "2026-11");

        assertThat(books.obligations("EUR")).containsExactly(owes("acme", "zenith", "1.02"), owes("acme", CH, "0.19"));
    }

    @Test
    void whatWasTakenBackIsNotOwed() {
        call("acme", "zenith", "1.2", "1.0");
        call("acme", "zenith", "-1.2", "-1.0");

        assertThat(books.obligations("EUR")).isEmpty();
    }

    @Test
    void whatIsDisputedIsWithheldAndOwedByNobody() {
        post("suspense:acme", PostingKind.SUSPENSE, "zenith", "5", "EUR", "2026-11");
        post("suspense:zenith", PostingKind.SUSPENSE, "acme", "-4", "EUR", "2026-10");
        post("clearinghouse:suspense", PostingKind.SUSPENSE, "acme", "-1", "EUR", "2026-11");
        post("suspense:acme", PostingKind.SUSPENSE, "zenith", "-5", "EUR", "2026-12");

        assertThat(books.obligations("EUR")).isEmpty();
        assertThat(books.withheld("EUR"))
                .containsExactly(Map.entry("acme", amount("-5")), Map.entry("zenith", amount("4")));
    }

    @Test
    void whatIsOpenFromBeforeIsBroughtForwardAndWhatComesLaterLeftOut() {
        call("acme", "zenith", "1.2", "1.0", "2026-10");
        call("acme", "zenith", "2.4", "2.0", "2026-11-01");
        call("acme", "zenith", "9", "9", "2026-12");

        assertThat(books.obligations("EUR"))
                .containsExactlyInAnyOrder(
                        owes("acme", "zenith", "2"),
                        owes("acme", CH, "0.4"),
                        owes("acme", CH, "1.2"),
                        owes(CH, "zenith", "1"));
        assertThat(books.broughtForward("EUR"))
                .containsExactly(Map.entry("acme", amount("-1.2")), Map.entry("zenith", amount("1")));
    }

    @Test
    void whatWasPaidForEarlierPeriodsIsNotAskedForAgain() {
        call("acme", "zenith", "1.204", "1.0", "2026-10");
        settlement("acme", "-1.2", "2026-10", "2026-11");
        settlement("zenith", "1", "2026-10", "2026-11");

        assertThat(position("acme")).isEqualByComparingTo("-0.004");
        assertThat(position(CH)).isEqualByComparingTo("0.004");
    }

    @Test
    void theNettingOfAPeriodIsTheSameOnceItIsPosted() {
        call("acme", "zenith", "1.2", "1.0");
        var before = books.obligations("EUR");
        settlement("acme", "-1.2", "2026-11", "2026-12");
        settlement("zenith", "1", "2026-11", "2026-12");

        assertThat(books.obligations("EUR")).isEqualTo(before);
        assertThat(books.settled("EUR"))
                .containsExactly(Map.entry("acme", amount("-1.2")), Map.entry("zenith", amount("1")));
    }

    @Test
    void aLaterNettingIsNoticed() {
        settlement("acme", "-1.2", "2026-12", "2027-01");

        assertThat(books.nettedLater("EUR")).containsExactly("2026-12");
        assertThat(books.nettedLater("USD")).isEmpty();
    }

    @Test
    void thePeriodsOfACarrierAreThoseItsAccountWasPostedTo() {
        call("acme", "zenith", "1.2", "1.0", "2026-11@Europe/Berlin");
        call("acme", "zenith", "1.2", "1.0", "2026-12@Europe/Berlin");

        assertThat(books.obligations("EUR")).isNotEmpty();
        assertThat(books.periods().get("acme")).containsExactly("2026-11@Europe/Berlin");
    }

    @Test
    void whatCannotBeUnderstoodIsNotPassedOver() {
        assertThatThrownBy(() -> post("carrier:a1", PostingKind.UNKNOWN_KIND, "b1", "1", "EUR", "2026-11"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> post("carrier:a1", PostingKind.PAYABLE, "b1", "1", "EUR", "someday"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> post("carrier:a1", PostingKind.SETTLEMENT, "", "1", "EUR", "2026-11"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> post("carrier:" + CH, PostingKind.PAYABLE, "b1", "1", "EUR", "2026-11"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private BigDecimal position(String participant) {
        return Netting.in("EUR", books.obligations("EUR")).positions().getOrDefault(participant, BigDecimal.ZERO);
    }

    private void call(String from, String to, String owed, String due) {
        call(from, to, owed, due, "2026-11");
    }

    private void call(String from, String to, String owed, String due, String period) {
        BigDecimal fee = new BigDecimal(due).subtract(new BigDecimal(owed));
        post("carrier:" + from, PostingKind.RECEIVABLE, to, owed, "EUR", period);
        post(
                "carrier:" + to,
                PostingKind.PAYABLE,
                from,
                new BigDecimal(due).negate().toPlainString(),
                "EUR",
                period);
        post("clearinghouse:fee", PostingKind.FEE, from, fee.toPlainString(), "EUR", period);
    }

    private void settlement(String carrier, String amount, String netted, String postedTo) {
        String entry = "settlement/" + netted + "/EUR/" + carrier;
        String other = new BigDecimal(amount).negate().toPlainString();
        books.add(entry(entry, "carrier:" + carrier, PostingKind.SETTLEMENT, "", amount, "EUR", postedTo));
        books.add(entry(entry, "clearinghouse:bank", PostingKind.SETTLEMENT, carrier, other, "EUR", postedTo));
    }

    private void post(
            String account, PostingKind kind, String counterparty, String amount, String currency, String period) {
        books.add(entry("call/1", account, kind, counterparty, amount, currency, period));
    }

    private static LedgerEntry entry(
            String entry,
            String account,
            PostingKind kind,
            String counterparty,
            String amount,
            String currency,
            String period) {
        Posting posting = new Posting(account, kind, counterparty, amount(amount), currency, period, null, 0L, 0L);
        return LedgerEntry.newBuilder()
                .setEntryId(entry)
                .setCallId("")
                .setLeg(0)
                .setAnsweredAt(Instant.EPOCH)
                .setPostings(List.of(posting))
                .build();
    }

    private static Obligation owes(String debtor, String creditor, String amount) {
        return NettingTest.owes(debtor, creditor, amount);
    }
}
