package org.callclear.settlement.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.callclear.settlement.net.PaymentRun.Carried;
import org.callclear.settlement.net.PaymentRun.Line;
import org.junit.jupiter.api.Test;

class NettingTest {
    /** The example of the shared vectors. */
    static final List<Obligation> VECTOR = List.of(
            owes("a", "b", "120"),
            owes("b", "a", "80"),
            owes("b", "c", "100"),
            owes("c", "b", "30"),
            owes("c", "a", "90"),
            owes("a", "c", "20"));

    @Test
    void theVectorComesOutExactly() {
        NettingResult result = Netting.in("EUR", VECTOR);

        assertThat(result.gross()).isEqualByComparingTo("440");
        assertThat(result.bilateral().list())
                .containsExactly(pays("a", "b", "40"), pays("b", "c", "70"), pays("c", "a", "70"));
        assertThat(result.bilateral().total()).isEqualByComparingTo("180");
        assertThat(result.positions())
                .containsExactly(
                        Map.entry("a", amount("30")), Map.entry("b", amount("-30")), Map.entry("c", amount("0")));
        assertThat(result.multilateral().list()).containsExactly(pays("b", "a", "30"));
        assertThat(result.bilateralSaving()).isEqualTo(new Saving(amount("260"), new BigDecimal("59.09")));
        assertThat(result.multilateralSaving()).isEqualTo(new Saving(amount("410"), new BigDecimal("93.18")));
    }

    @Test
    void twoCurrenciesAreNeverAdded() {
        List<Obligation> obligations =
                List.of(owes("a", "b", "10"), new Obligation("b", "a", amount("10"), "USD"), owes("b", "a", "4"));

        Map<String, NettingResult> results = Netting.of(obligations);

        assertThat(results.keySet()).containsExactly("EUR", "USD");
        assertThat(results.get("EUR")).extracting(NettingResult::gross).isEqualTo(amount("14"));
        assertThat(results.get("EUR"))
                .extracting(result -> result.positions().get("a"))
                .isEqualTo(amount("-6"));
        assertThat(results.get("USD"))
                .extracting(result -> result.positions().get("a"))
                .isEqualTo(amount("10"));
    }

    @Test
    void aNegativeObligationIsTurnedRound() {
        assertThat(owes("a", "b", "-0.000001")).isEqualTo(owes("b", "a", "0.000001"));
    }

    @Test
    void whatNoPostingCanHoldIsNoObligation() {
        assertThatThrownBy(() -> owes("a", "b", "0.0000001")).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> owes("a", "a", "1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLargestDebtorPaysTheLargestCreditorAndTiesGoByName() {
        NettingResult result = Netting.in(
                "EUR",
                List.of(
                        owes("d", "x", "50"),
                        owes("b", "x", "20"),
                        owes("c", "z", "20"),
                        owes("a", "y", "5"),
                        owes("a", "z", "5")));

        assertThat(result.multilateral().list())
                .containsExactly(
                        pays("d", "x", "50"),
                        pays("b", "z", "20"),
                        pays("c", "x", "20"),
                        pays("a", "y", "5"),
                        pays("a", "z", "5"));
    }

    @Test
    void nothingOwedIsNothingSaved() {
        NettingResult result = Netting.in("EUR", List.of());

        assertThat(result.multilateralSaving().amount()).isZero();
        assertThat(result.multilateralSaving().percent()).isEqualTo("0.00");
        assertThat(PaymentRun.of("EUR", result.positions(), Map.of()).lines()).isEmpty();
    }

    @Test
    void paymentsAreInMinorUnitsAndTheClearinghouseTakesTheRest() {
        PaymentRun run = PaymentRun.of(
                "EUR",
                Map.of(
                        "a",
                        amount("-10.005"),
                        "b",
                        amount("4.994999"),
                        "c",
                        amount("3.333333"),
                        Netting.CLEARINGHOUSE,
                        amount("1.676668")),
                Map.of());

        assertThat(run.lines())
                .containsExactly(
                        line("a", "-10.005", "-10.01", "0.005", Carried.ROUNDING),
                        line("b", "4.994999", "4.99", "0.004999", Carried.ROUNDING),
                        line("c", "3.333333", "3.33", "0.003333", Carried.ROUNDING),
                        line(Netting.CLEARINGHOUSE, "1.676668", "1.69", "-0.013332", Carried.RESIDUAL));
        assertThat(run.payments().list())
                .containsExactly(
                        pays("a", "b", "4.99"), pays("a", "c", "3.33"), pays("a", Netting.CLEARINGHOUSE, "1.69"));
    }

    @Test
    void theMinorUnitsAreTheCurrencysOwn() {
        Map<String, BigDecimal> positions = Map.of("a", amount("-10.5"), "b", amount("10.5"));

        assertThat(PaymentRun.of("JPY", positions, Map.of()).lines())
                .extracting(Line::settled)
                .containsExactly(new BigDecimal("-11"), new BigDecimal("11"));
        assertThat(PaymentRun.of("BHD", positions, Map.of()).lines())
                .extracting(Line::settled)
                .containsExactly(new BigDecimal("-10.500"), new BigDecimal("10.500"));
        assertThat(PaymentRun.of("XDR", positions, Map.of()).lines())
                .extracting(Line::settled)
                .containsExactly(amount("-10.5"), amount("10.5"));
    }

    @Test
    void lessThanTheMinimumIsCarriedForwardExactly() {
        PaymentRun run = PaymentRun.of(
                "EUR",
                Map.of("a", amount("-9.999999"), "b", amount("-10"), "c", amount("19.999999")),
                Map.of("a", amount("10"), "b", amount("10"), "c", amount("10")));

        assertThat(run.lines())
                .containsExactly(
                        line("a", "-9.999999", "0.00", "-9.999999", Carried.BELOW_MINIMUM),
                        line("b", "-10", "-10.00", "0", Carried.NOTHING),
                        line("c", "19.999999", "20.00", "-0.000001", Carried.ROUNDING),
                        line(Netting.CLEARINGHOUSE, "0", "-10.00", "10", Carried.RESIDUAL));
    }

    @Test
    void positionsThatDoNotSumToZeroAreABug() {
        assertThatThrownBy(() -> PaymentRun.of("EUR", Map.of("a", amount("1")), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static Obligation owes(String debtor, String creditor, String amount) {
        return new Obligation(debtor, creditor, new BigDecimal(amount), "EUR");
    }

    static Payment pays(String from, String to, String amount) {
        BigDecimal exact = new BigDecimal(amount);
        return new Payment(from, to, exact.scale() == 2 ? exact : exact.setScale(6));
    }

    static BigDecimal amount(String amount) {
        return new BigDecimal(amount).setScale(6);
    }

    private static Line line(String participant, String position, String settled, String carried, Carried why) {
        return new Line(participant, amount(position), new BigDecimal(settled), amount(carried), why);
    }
}
