package org.callclear.schemas.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.callclear.schemas.avro.DurationRounding;
import org.callclear.schemas.avro.FreeSecondsRule;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.rating.ExplainedStep.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceExplainedTest {
    private static final Instant ANSWERED = RandomTerms.ANSWERED;

    @ParameterizedTest
    @ValueSource(longs = {3, 20_261_123})
    void theStepsAddUpToWhatBillingSays(long seed) {
        RandomTerms random = new RandomTerms(seed);
        for (int round = 0; round < 5_000; round++) {
            RateTerms terms = random.next();
            long talked = random.talkedMillis();
            Price price = Billing.price(talked, ANSWERED, terms);

            PriceExplained explained = PriceExplained.of(talked, ANSWERED, terms);

            String where = "seed " + seed + " round " + round + ": " + talked + " ms, " + terms;
            assertThat(explained.price()).as(where).isEqualTo(price);
            assertThat(explained.posted()).as(where).isEqualTo(Billing.posted(price.exact(), terms));
            assertThat(addedUp(explained.steps()))
                    .as(where)
                    .isEqualTo(fraction(price.exact().toExactString()));
            assertThat(result(explained, Kind.BLOCKS)).as(where).isEqualTo(Long.toString(price.billedSeconds()));
        }
    }

    /** The amounts of the steps as a reader would add them. */
    private static Fraction addedUp(List<ExplainedStep> steps) {
        Fraction sum = Fraction.ZERO;
        Fraction least = Fraction.ZERO;
        for (ExplainedStep step : steps) {
            switch (step.kind()) {
                case RATE, CONNECT_FEE -> sum = sum.plus(fraction(step.result()));
                case MINIMUM_CHARGE -> least = fraction(step.result());
                default -> {}
            }
        }
        return sum.isLessThan(least) ? least : sum;
    }

    private static Fraction fraction(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? Fraction.of(new BigDecimal(text).setScale(12))
                : Fraction.of(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

    private static String result(PriceExplained explained, Kind kind) {
        return explained.steps().stream()
                .filter(step -> step.kind() == kind)
                .map(ExplainedStep::result)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namesEachStepOfACallThatHasThemAll() {
        RateTerms terms = RateTerms.newBuilder(new RandomTerms(1).next())
                .setRatePerMinute(amount("0.60"))
                .setInitialSeconds(30)
                .setIncrementSeconds(6)
                .setDurationRounding(DurationRounding.CEILING)
                .setIncrementAnchor(IncrementAnchor.AFTER_INITIAL)
                .setFreeSeconds(5)
                .setFreeSecondsRule(FreeSecondsRule.SUBTRACT)
                .setConnectFee(amount("0.05"))
                .setMinimumCharge(amount("0.10"))
                .setRateChanges(List.of(new RateChange(ANSWERED.plusSeconds(31), amount("1.20"), "4930")))
                .setRoundingLevel(RoundingLevel.PER_CALL)
                .setRoundingScale(2)
                .build();

        assertThat(PriceExplained.of(44_100, ANSWERED, terms).steps())
                .extracting(ExplainedStep::kind, ExplainedStep::result)
                .containsExactly(
                        tuple(Kind.WHOLE_SECONDS, "45"),
                        tuple(Kind.FREE_SECONDS, "40"),
                        tuple(Kind.BLOCKS, "42"),
                        tuple(Kind.RATE, "0.36"),
                        tuple(Kind.RATE, "0.12"),
                        tuple(Kind.CONNECT_FEE, "0.05"),
                        tuple(Kind.MINIMUM_CHARGE, "0.1"),
                        tuple(Kind.EXACT_PRICE, "0.53"),
                        tuple(Kind.ROUNDING, "0.530000"));
    }

    @Test
    void saysWhyEachOtherRowDoesNotHold() {
        RateRow chosen = row("4930", -10, null);
        RateDeck deck = RateDeck.of(
                "retail",
                1,
                List.of(
                        row("49", -20, null),
                        chosen,
                        row("4930", -30, null),
                        row("4930", 10, null),
                        row("493012", -30, -1),
                        row("48", -30, null)));

        List<ExplainedStep> steps = ChoiceExplained.of(deck, "4930123456", ANSWERED);

        assertThat(steps.getFirst().kind()).isEqualTo(Kind.ROW);
        assertThat(steps.getFirst().result()).isEqualTo("4930");
        assertThat(steps.subList(1, steps.size()))
                .extracting(ExplainedStep::detail)
                .satisfiesExactly(
                        ended -> assertThat(ended).startsWith("493012 ").endsWith("not live any more"),
                        future -> assertThat(future).startsWith("4930 ").endsWith("not live yet"),
                        older -> assertThat(older).startsWith("4930 ").endsWith("it began earlier"),
                        shorter -> assertThat(shorter).startsWith("49 ").endsWith("shorter"));
    }

    @Test
    void saysThatNoRowHolds() {
        List<ExplainedStep> steps =
                ChoiceExplained.of(RateDeck.of("retail", 1, List.of(row("49", 1, null))), "4930123456", ANSWERED);

        assertThat(steps).extracting(ExplainedStep::kind).containsExactly(Kind.ROW, Kind.OTHER_ROW);
        assertThat(steps.getFirst().result()).isEmpty();
    }

    private static RateRow row(String prefix, int from, @Nullable Integer to) {
        return RateRow.newBuilder()
                .setPrefix(prefix)
                .setDestination("to " + prefix)
                .setRatePerMinute(amount("0.6"))
                .setInitialSeconds(1)
                .setIncrementSeconds(1)
                .setConnectFee(amount("0"))
                .setValidFrom(ANSWERED.plusSeconds(from))
                .setValidTo(to == null ? null : ANSWERED.plusSeconds(to))
                .setStatus(RateStatus.ACTIVE_RATE)
                .build();
    }

    private static BigDecimal amount(String value) {
        return new BigDecimal(value).setScale(6);
    }
}
