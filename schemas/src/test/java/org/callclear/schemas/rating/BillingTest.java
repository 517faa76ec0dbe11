package org.callclear.schemas.rating;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.money.ExactAmount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillingTest {
    private static final Instant ANSWERED = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @ValueSource(longs = {20_261_123, 4711})
    void billsAsTheRulesSayBlockByBlock(long seed) {
        RandomTerms random = new RandomTerms(seed);
        for (int round = 0; round < 20_000; round++) {
            RateTerms terms = random.next();
            long talked = random.talkedMillis();
            NaiveBill expected = NaiveBill.of(talked, RandomTerms.ANSWERED, terms);

            Price price = Billing.price(talked, RandomTerms.ANSWERED, terms);

            assertThat(price.billedSeconds())
                    .as("seed %d round %d: %d ms, %s", seed, round, talked, terms)
                    .isEqualTo(expected.billedSeconds());
            assertThat(new Fraction(price.exact().units(), ExactAmount.UNITS_PER_ONE))
                    .as("seed %d round %d: %d ms, %s", seed, round, talked, terms)
                    .isEqualTo(expected.price());
        }
    }

    @ParameterizedTest
    @CsvSource({"SUBTRACT,10,10,0", "SUBTRACT,10,11,1", "THRESHOLD,10,10,0", "THRESHOLD,10,11,11", "THRESHOLD,0,0,0"})
    void leavesOutTheFreeSeconds(FreeSecondsRule rule, int free, long talked, long chargeable) {
        assertThat(Billing.chargeableSeconds(talked, free, rule)).isEqualTo(chargeable);
    }

    @Test
    void chargesTheConnectFeeOfAnAnsweredCallThatHadNoTalk() {
        RateTerms terms = terms("0.60").setConnectFee(amount("0.05")).build();

        assertThat(Billing.price(0, ANSWERED, terms)).isEqualTo(price(0, "0.05"));
    }

    @Test
    void chargesTheMinimumWhereFeeAndSecondsComeToLess() {
        RateTerms terms = terms("0.60")
                .setConnectFee(amount("0.05"))
                .setMinimumCharge(amount("0.10"))
                .build();

        assertThat(Billing.price(1000, ANSWERED, terms)).isEqualTo(price(1, "0.10"));
        assertThat(Billing.price(6000, ANSWERED, terms)).isEqualTo(price(6, "0.11"));
    }

    @Test
    void chargesAnAttemptItsFeeAlone() {
        RateTerms terms = terms("0.60")
                .setConnectFee(amount("0.05"))
                .setMinimumCharge(amount("0.10"))
                .setAttemptFee(amount("0.002"))
                .build();

        assertThat(Billing.attempt(terms).rounded(6, RoundingMode.UNNECESSARY)).isEqualByComparingTo("0.002");
        assertThat(Billing.attempt(terms("0.60").build()).units()).isZero();
    }

    @Test
    void chargesEachBlockTheRateInForceWhenItBegins() {
        RateTerms terms = terms("0.60")
                .setInitialSeconds(30)
                .setIncrementSeconds(6)
                .setRateChanges(List.of(change(31, "1.20"))) // in the block from 30 to 36
                .build();

        // 36 s at 0.01, then 6 s at 0.02
        assertThat(Billing.price(40_000, ANSWERED, terms)).isEqualTo(price(42, "0.48"));
    }

    @Test
    void beginsWithWhatTheInitialSecondsLeaveOfAMultipleWhenItCountsFromZero() {
        RateTerms terms = terms("0.60")
                .setInitialSeconds(30)
                .setIncrementSeconds(20)
                .setIncrementAnchor(IncrementAnchor.FROM_ZERO)
                .setRateChanges(List.of(change(31, "1.20"))) // in the block from 30 to 40
                .build();

        assertThat(Billing.price(41_000, ANSWERED, terms)).isEqualTo(price(60, "0.80"));
    }

    @Test
    void takesTheRateThatCameIntoForceBetweenGrantAndAnswer() {
        RateTerms terms =
                terms("0.60").setRateChanges(List.of(change(-1, "1.20"))).build();

        assertThat(Billing.price(10_000, ANSWERED, terms)).isEqualTo(price(10, "0.20"));
    }

    @Test
    void takesADayWithAChangeEachMinuteAsFastAsItHasChanges() {
        List<RateChange> changes = IntStream.range(0, 1440)
                .mapToObj(minute -> change(minute * 60L, "0.60"))
                .toList();
        RateTerms terms = terms("0.30").setRateChanges(changes).build();

        assertThat(Billing.price(Duration.ofDays(1).toMillis(), ANSWERED, terms))
                .isEqualTo(price(86_400, "864"));
    }

    @Test
    void staysExactBeyondALong() {
        RateTerms terms = terms("999999999999.999999")
                .setConnectFee(amount("999999999999.999999"))
                .build();
        BigInteger micros = new BigInteger("999999999999999999");

        Price price = Billing.price(86_400_000, ANSWERED, terms);

        assertThat(price.exact().units()).isEqualTo(micros.multiply(BigInteger.valueOf(86_400 + 60)));
    }

    private static Price price(long seconds, String exact) {
        return new Price(seconds, ExactAmount.of(new BigDecimal(exact), Currency.getInstance("EUR")));
    }

    private static RateChange change(long second, String rate) {
        return new RateChange(ANSWERED.plusSeconds(second), amount(rate), "491");
    }

    private static BigDecimal amount(String value) {
        return new BigDecimal(value).setScale(6);
    }

    private static RateTerms.Builder terms(String rate) {
        return RateTerms.newBuilder()
                .setContract("c1")
                .setContractRevision(1)
                .setDeck("d1")
                .setDeckRevision(1)
                .setPrefix("49")
                .setDestination("Germany")
                .setRatePerMinute(amount(rate))
                .setCurrency("EUR")
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(amount("0"));
    }
}
