package org.callclear.settlement.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.callclear.settlement.net.NettingTest.amount;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.callclear.settlement.net.Conversion.Converted;
import org.callclear.settlement.net.Conversion.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversionTest {
    private static final LocalDate END = LocalDate.parse("2026-11-30");

    @ParameterizedTest
    @CsvSource({"2026-11-30, true", "2026-11-23, true", "2026-11-22, false", "2026-12-01, false"})
    void aRateHoldsOnItsDayAndSevenDaysOn(String date, boolean holds) {
        RateBook rates = RateBook.of(List.of(rate(date, "USD", "EUR", "0.92")));

        assertThat(rates.quote("USD", "EUR", END) instanceof Quote.Found).isEqualTo(holds);
        assertThat(rates.quote("EUR", "USD", END) instanceof Quote.Found).isEqualTo(holds);
        assertThat(rates.quote("USD", "GBP", END)).isEqualTo(new Quote.Missing("USD", "GBP", END));
    }

    @Test
    void theLatestHoldsAndOfTwoForOneDayTheDirectOne() {
        RateBook rates = RateBook.of(List.of(
                rate("2026-11-27", "USD", "EUR", "0.92"),
                rate("2026-11-26", "USD", "EUR", "0.91"),
                rate("2026-11-27", "EUR", "USD", "1.08"),
                rate("2026-11-28", "EUR", "GBP", "0.85"),
                rate("2026-11-27", "GBP", "EUR", "1.17")));

        assertThat(rates.quote("USD", "EUR", END)).isEqualTo(found("USD", "EUR", "2026-11-27", "0.92", false));
        assertThat(rates.quote("GBP", "EUR", END)).isEqualTo(found("GBP", "EUR", "2026-11-28", "0.85", true));
    }

    @Test
    void aPairHasOneRateADay() {
        List<ExchangeRate> rates =
                List.of(rate("2026-11-27", "USD", "EUR", "0.92"), rate("2026-11-27", "USD", "EUR", "0.92"));

        assertThatThrownBy(() -> RateBook.of(rates)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theInverseIsAnExactFractionAndRoundedOnce() {
        // A rounded inverse of 3 would give 33333.33 for 100000 only by luck: 0.3333333333 * 100000000 is 33333333.33.
        assertThat(found("USD", "EUR", "2026-11-27", "3", true).convert(amount("100000000")))
                .isEqualTo("33333333.33");
        assertThat(found("USD", "EUR", "2026-11-27", "8", true).convert(amount("-0.04")))
                .isEqualTo("-0.01");
        assertThat(found("USD", "JPY", "2026-11-27", "149.5", false).convert(amount("1")))
                .isEqualTo("150");
    }

    @Test
    void allBecomesOneNetAndTheClearinghouseTakesTheRest() {
        List<NettingResult> results = List.of(
                Netting.in("EUR", List.of(new Obligation("a", "b", amount("10.005"), "EUR"))),
                Netting.in(
                        "USD",
                        List.of(
                                new Obligation("b", "a", amount("1.00"), "USD"),
                                new Obligation("b", "c", amount("1.00"), "USD"))));

        Converted converted = (Converted)
                Conversion.of(results, "EUR", END, RateBook.of(List.of(rate("2026-11-27", "USD", "EUR", "0.333"))));

        assertThat(converted.lines()).extracting(Conversion.Line::participant).containsExactly("a", "b", "c");
        assertThat(converted.lines())
                .extracting(Conversion.Line::net)
                .containsExactly(new BigDecimal("-9.68"), new BigDecimal("9.34"), new BigDecimal("0.33"));
        assertThat(converted.lines().getFirst().parts())
                .extracting(Conversion.Part::converted)
                .containsExactly(new BigDecimal("-10.01"), new BigDecimal("0.33"));
        assertThat(converted.residual()).isEqualTo("0.01");
        assertThat(converted.positions()).containsEntry(Netting.CLEARINGHOUSE, new BigDecimal("0.01"));
        assertThat(converted.positions().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .isZero();
    }

    @Test
    void everyMissingRateIsNamedAndNothingConverted() {
        Map<String, NettingResult> results = Netting.of(List.of(
                new Obligation("a", "b", amount("1"), "USD"),
                new Obligation("a", "b", amount("1"), "GBP"),
                new Obligation("a", "b", amount("1"), "CHF"),
                new Obligation("b", "a", amount("1"), "CHF")));

        assertThat(Conversion.of(results.values(), "EUR", END, RateBook.of(List.of())))
                .isEqualTo(new Refused(
                        List.of(new Quote.Missing("GBP", "EUR", END), new Quote.Missing("USD", "EUR", END))));
    }

    private static ExchangeRate rate(String date, String from, String to, String rate) {
        return new ExchangeRate(LocalDate.parse(date), from, to, new BigDecimal(rate));
    }

    private static Quote.Found found(String from, String to, String date, String rate, boolean inverse) {
        return new Quote.Found(from, to, LocalDate.parse(date), new BigDecimal(rate), inverse);
    }
}
