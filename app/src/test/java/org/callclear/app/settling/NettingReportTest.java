package org.callclear.app.settling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.NettingLine;
import org.callclear.schemas.avro.Role;
import org.callclear.settlement.net.ExchangeRate;
import org.callclear.settlement.net.PaymentRun.Carried;
import org.callclear.settlement.net.PaymentRun.Line;
import org.callclear.settlement.net.RateBook;
import org.junit.jupiter.api.Test;

class NettingReportTest {
    @Test
    void theVectorComesOutOfTheBooks() {
        CurrencyNetting netting =
                Ledgers.vector().net("2026-11", null).currencies().getFirst();

        assertThat(netting.result().gross()).isEqualByComparingTo("440");
        assertThat(netting.result().bilateral().total()).isEqualByComparingTo("180");
        assertThat(netting.result().multilateral().total()).isEqualByComparingTo("30");
        assertThat(NettingCommand.lines(netting.run()))
                .containsExactly(
                        new NettingLine("a1", new BigDecimal("-30.000000")),
                        new NettingLine("b1", new BigDecimal("30.000000")));
    }

    @Test
    void aPeriodThatNoCarrierHasAStatementOfIsNotNetted() {
        assertThatThrownBy(() -> Ledgers.vector().net("2026-12", null))
                .isInstanceOf(SettlingException.class)
                .hasMessageContaining("2026-12");
    }

    @Test
    void everyStatementThatIsMissingIsNamed() {
        Ledgers ledgers = new Ledgers()
                .calls("a1", "b1", "1", "1", "EUR", "2026-10")
                .calls("a1", "c1", "1", "1", "EUR", "2026-11")
                .closed("2026-10", "a1", "idle")
                .closed("2026-11", "a1");

        assertThatThrownBy(() -> ledgers.net("2026-11", null))
                .isInstanceOf(SettlingException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines())
                        .satisfiesExactly(
                                line -> assertThat(line).contains("'b1'", "'2026-10'"),
                                line -> assertThat(line).contains("'c1'", "'2026-11'"),
                                line -> assertThat(line).contains("'idle'", "'2026-11'")));
    }

    @Test
    void aCarrierThatJoinedLaterNeedsNoStatement() {
        Ledgers ledgers =
                Ledgers.vector().calls("late", "a1", "5", "5", "EUR", "2026-12").closed("2026-12", "late", "a1");

        assertThat(ledgers.net("2026-11", null).currencies()).hasSize(1);
    }

    @Test
    void carriersMayCountInOtherZones() {
        Ledgers ledgers = new Ledgers()
                .calls("a1", "b1", "1", "1", "EUR", "2026-11@Europe/Berlin")
                .closed("2026-11@Europe/Berlin", "a1", "b1");

        assertThat(ledgers.net("2026-11", null).currencies().getFirst().result().gross())
                .isEqualByComparingTo("1");
    }

    @Test
    void lessThanTheMinimumOfTheContractsIsCarriedForwardUntilItIsEnough() {
        Ledgers ledgers = Ledgers.vector()
                .minimum("a1", Role.ORIGINATING, "EUR", "5")
                .minimum("a1", Role.TERMINATING, "EUR", "30.01")
                .minimum("b1", Role.TERMINATING, "USD", "1000")
                .paid("2026-11", "b1", "-30")
                .calls("c1", "a1", "1", "1", "EUR", "2026-12")
                .closed("2026-12", "a1", "b1", "c1");

        CurrencyNetting november = ledgers.net("2026-11", null).currencies().getFirst();
        CurrencyNetting december = ledgers.net("2026-12", null).currencies().getFirst();

        assertThat(line(november, "a1"))
                .isEqualTo(new Line(
                        "a1",
                        new BigDecimal("30.000000"),
                        new BigDecimal("0.00"),
                        new BigDecimal("30.000000"),
                        Carried.BELOW_MINIMUM));
        assertThat(line(november, "b1").settled()).isEqualByComparingTo("-30");
        assertThat(december.broughtForward("a1")).isEqualByComparingTo("30");
        assertThat(december.broughtForward("clearinghouse")).isEqualByComparingTo("-30");
        assertThat(line(december, "a1").settled()).isEqualByComparingTo("31");
        assertThat(december.run().lines()).extracting(Line::participant).containsExactly("a1", "c1", "clearinghouse");
    }

    @Test
    void whatIsDisputedIsShownAndNotNetted() {
        CurrencyNetting netting = Ledgers.vector()
                .disputed("a1", "b1", "7", "6", "2026-11")
                .net("2026-11", null)
                .currencies()
                .getFirst();

        assertThat(netting.result().gross()).isEqualByComparingTo("440");
        assertThat(netting.withheld())
                .containsExactly(
                        Map.entry("a1", new BigDecimal("-7.000000")), Map.entry("b1", new BigDecimal("6.000000")));
    }

    @Test
    void oneCurrencyMayBeAskedFor() {
        Ledgers ledgers = Ledgers.vector().calls("a1", "b1", "1", "1", "USD", "2026-11");

        assertThat(ledgers.net("2026-11", null).currencies())
                .extracting(CurrencyNetting::currency)
                .containsExactly("EUR", "USD");
        assertThat(ledgers.net("2026-11", "USD").currencies())
                .extracting(CurrencyNetting::currency)
                .containsExactly("USD");
        assertThat(ledgers.net("2026-11", "CHF").currencies()).isEmpty();
    }

    @Test
    void allCurrenciesComeTogetherByTheRatesOfThePeriodsEnd() {
        NettingReport report = Ledgers.vector()
                .calls("a1", "b1", "10", "9", "USD", "2026-11")
                .minimum("c1", Role.TERMINATING, "EUR", "100")
                .net("2026-11", null);

        NettingReport.InOneCurrency together = report.in(
                "EUR",
                RateBook.of(List.of(
                        new ExchangeRate(LocalDate.parse("2026-11-30"), "USD", "EUR", new BigDecimal("0.5")),
                        new ExchangeRate(LocalDate.parse("2026-12-01"), "USD", "EUR", new BigDecimal("0.9")))));

        assertThat(together.run().lines())
                .extracting(Line::participant, line -> line.settled().toPlainString())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a1", "25.00"),
                        org.assertj.core.groups.Tuple.tuple("b1", "-25.50"),
                        org.assertj.core.groups.Tuple.tuple("c1", "0.00"),
                        org.assertj.core.groups.Tuple.tuple("clearinghouse", "0.50"));
    }

    @Test
    void aRateThatIsMissingIsNamedWithItsPairAndDate() {
        NettingReport report =
                Ledgers.vector().calls("a1", "b1", "10", "9", "USD", "2026-11").net("2026-11", null);

        assertThatThrownBy(() -> report.in("GBP", RateBook.of(List.of())))
                .isInstanceOf(SettlingException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines())
                        .satisfiesExactly(
                                line -> assertThat(line).contains("EUR", "GBP", "2026-11-30"),
                                line -> assertThat(line).contains("USD", "GBP", "2026-11-30")));
    }

    private static Line line(CurrencyNetting netting, String participant) {
        return netting.run().lines().stream()
                .filter(line -> line.participant().equals(participant))
                .findFirst()
                .orElseThrow();
    }
}
