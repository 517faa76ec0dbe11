package org.callclear.systemtests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.wire.AvroTrust;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices worked out by hand. */
class PlainPriceTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @BeforeAll
    static void trust() {
        AvroTrust.establish();
    }

    @ParameterizedTest
    @CsvSource({
        "AFTER_INITIAL,6,6,37,42", "AFTER_INITIAL,30,6,31,36", "AFTER_INITIAL,60,60,61,120",
        "AFTER_INITIAL,45,30,57,75", "FROM_ZERO,45,30,57,60", "AFTER_INITIAL,45,30,121,135",
        "FROM_ZERO,45,30,121,150", "AFTER_INITIAL,10,30,31,40", "FROM_ZERO,10,30,31,60",
        "AFTER_INITIAL,30,6,0,0", "AFTER_INITIAL,30,6,1,30", "FROM_ZERO,30,6,30,30"
    })
    void billsTheSecondsOfThePublishedExamples(
            IncrementAnchor anchor, int initial, int step, long talked, long billed) {
        RateTerms terms = perMinute("0.6")
                .setInitialSeconds(initial)
                .setIncrementSeconds(step)
                .setIncrementAnchor(anchor)
                .build();

        assertThat(PlainPrice.billed(terms, talked)).isEqualTo(billed);
    }

    @ParameterizedTest
    @CsvSource({"CEILING,61001,62", "HALF_UP,61499,61", "HALF_UP,61500,62", "FLOOR,61999,61", "CEILING,0,0"})
    void roundsTheTalkTime(DurationRounding rounding, long millis, long seconds) {
        RateTerms terms = perMinute("0.6").setDurationRounding(rounding).build();

        assertThat(PlainPrice.wholeSeconds(terms, millis)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"SUBTRACT,10,0", "SUBTRACT,11,1", "THRESHOLD,10,0", "THRESHOLD,11,11"})
    void tenSecondsAreFree(FreeSecondsRule rule, long talked, long billed) {
        RateTerms terms =
                perMinute("0.6").setFreeSeconds(10).setFreeSecondsRule(rule).build();

        assertThat(PlainPrice.ofTalk(terms, NOON, talked * 1000).billed()).isEqualTo(billed);
    }

    @Test
    void aPriceIsRoundedOnceAndAsTheTermsSay() {
        RateTerms terms = perMinute("0.001").setRoundingScale(4).build(); // 61 s cost 0.061/60 = 0.0010166...

        PlainPrice price = PlainPrice.ofTalk(terms, NOON, 61_000);

        assertThat(price.exact()).isEqualTo(Fraction.of(61, 60_000));
        assertThat(price.posted().fixed(6)).isEqualTo("0.001000");
    }

    @Test
    void aCallOfNoTalkStillCostsItsConnectFeeAndTheMinimum() {
        RateTerms terms = perMinute("0.6").setConnectFee(decimal("0.05")).build();
        RateTerms atLeast =
                RateTerms.newBuilder(terms).setMinimumCharge(decimal("0.08")).build();

        assertThat(PlainPrice.ofTalk(terms, NOON, 0).exact()).isEqualTo(Fraction.of("0.05"));
        assertThat(PlainPrice.ofTalk(atLeast, NOON, 0).exact()).isEqualTo(Fraction.of("0.08"));
    }

    @Test
    void eachBlockCostsTheRateAtItsStart() {
        RateTerms terms = perMinute("0.6")
                .setInitialSeconds(30)
                .setIncrementSeconds(10)
                .setRateChanges(List.of(new RateChange(NOON.plusSeconds(35), decimal("1.2"), "49")))
                .build();

        // Blocks begin at 0 (30 s), 30 and 40; the price rises at 35: 40 s at 0.01 a second, then 10 s at 0.02.
        assertThat(PlainPrice.ofTalk(terms, NOON, 41_000).exact()).isEqualTo(Fraction.of("0.6"));
    }

    @Test
    void blocksFromZeroBeginAtMultiples() {
        RateTerms terms = perMinute("0.6")
                .setInitialSeconds(45)
                .setIncrementSeconds(30)
                .setIncrementAnchor(IncrementAnchor.FROM_ZERO)
                .setRateChanges(List.of(new RateChange(NOON.plusSeconds(60), decimal("1.2"), "49")))
                .build();

        // 61 s are billed as 90: 45 s and the 15 s up to 60 at 0.01 a second, 30 s at 0.02.
        assertThat(PlainPrice.ofTalk(terms, NOON, 61_000).exact()).isEqualTo(Fraction.of("1.2"));
    }

    private static RateTerms.Builder perMinute(String rate) {
        return RateTerms.newBuilder(Terms.perMinute("EUR", rate));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text).setScale(6);
    }
}
