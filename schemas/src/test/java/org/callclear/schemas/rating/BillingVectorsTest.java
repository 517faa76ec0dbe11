package org.callclear.schemas.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.RoundingRule;
import org.callclear.schemas.money.ExactAmount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class BillingVectorsTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/billed-seconds.csv", numLinesToSkip = 1)
    void billsTheSecondsOfThePublishedExamples(
            IncrementAnchor rule, int initial, int increment, long seconds, long billed) {
        assertThat(Billing.billedSeconds(seconds, initial, increment, rule)).isEqualTo(billed);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/prices.csv", numLinesToSkip = 1)
    void givesTheExactPriceOfThePublishedExamples(
            String source, String rate, int initial, int increment, String connectFee, long seconds, String exact) {
        RateTerms terms = terms(rate, connectFee)
                .setInitialSeconds(initial)
                .setIncrementSeconds(increment)
                .build();

        ExactAmount price = Billing.price(Billing.billedSeconds(seconds * 1000, terms), terms);

        assertThat(price.toExactString())
                .as(source)
                .isEqualTo(new BigDecimal(exact).stripTrailingZeros().toPlainString());
    }

    @ParameterizedTest
    @CsvSource({
        "CEILING,0,0",
        "CEILING,1,1",
        "CEILING,1000,1",
        "CEILING,1001,2",
        "HALF_UP,499,0",
        "HALF_UP,500,1",
        "HALF_UP,1499,1",
        "FLOOR,999,0",
        "FLOOR,1000,1"
    })
    void roundsTheTalkTimeAsTheContractSays(DurationRounding rounding, long millis, long seconds) {
        assertThat(Billing.wholeSeconds(millis, rounding)).isEqualTo(seconds);
    }

    @Test
    void roundsEachCallOnceWhenTheContractSaysPerCall() {
        RateTerms terms = terms("0.01", "0")
                .setRoundingScale(2)
                .setRoundingRule(RoundingRule.UP)
                .build();

        assertThat(Billing.posted(Billing.price(1, terms), terms)).isEqualByComparingTo("0.01");
    }

    @Test
    void keepsSixDecimalsWhenTheContractRoundsEachLine() {
        RateTerms terms = terms("0.01", "0")
                .setRoundingLevel(RoundingLevel.PER_STATEMENT_LINE)
                .setRoundingScale(2)
                .build();

        assertThat(Billing.posted(Billing.price(1, terms), terms)).isEqualByComparingTo("0.000167");
    }

    @Test
    void keepsAThirdExact() {
        ExactAmount third = Billing.price(1, terms("20", "0").build());

        assertThat(third.toExactString()).isEqualTo("1/3");
        assertThat(third.plus(third).plus(third).rounded(0, RoundingMode.UNNECESSARY))
                .isEqualByComparingTo("1");
        assertThat(third.currency()).isEqualTo(Currency.getInstance("EUR"));
    }

    private static RateTerms.Builder terms(String rate, String connectFee) {
        return RateTerms.newBuilder()
                .setContract("c1")
                .setContractRevision(1)
                .setDeck("d1")
                .setDeckRevision(1)
                .setPrefix("49")
                .setDestination("Germany")
                .setRatePerMinute(new BigDecimal(rate).setScale(6))
                .setCurrency("EUR")
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(new BigDecimal(connectFee).setScale(6));
    }
}
