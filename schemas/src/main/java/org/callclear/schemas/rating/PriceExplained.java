package org.callclear.schemas.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.money.ExactAmount;
import org.callclear.schemas.rating.ExplainedStep.Kind;

/**
 * The price of an answered call, step by step, by the same arithmetic as {@link Billing}: the results of the steps add up
 * to what it says.
 *
 * @param price of the call, added up from the steps
 * @param posted the price as it is posted, after the one rounding
 * @param steps from milliseconds to the rounded price
 */
public record PriceExplained(Price price, BigDecimal posted, List<ExplainedStep> steps) {
    /** A copy that nobody else changes. */
    public PriceExplained {
        steps = List.copyOf(steps);
    }

    /**
     * Explains a price.
     *
     * @param talkedMillis ended minus answered, not negative
     * @param ratedAt the answer
     */
    public static PriceExplained of(long talkedMillis, Instant ratedAt, RateTerms terms) {
        List<ExplainedStep> steps = new ArrayList<>();
        long billed = blocks(steps, freeSeconds(steps, wholeSeconds(steps, talkedMillis, terms), terms), terms);
        ExactAmount sum = rates(steps, billed, ratedAt, terms).plus(connectFee(steps, terms));
        ExactAmount exact = minimum(steps, sum, terms);
        steps.add(new ExplainedStep(Kind.EXACT_PRICE, "before the one rounding", exact.toExactString()));
        BigDecimal posted = rounding(steps, exact, terms);
        return new PriceExplained(new Price(billed, exact), posted, steps);
    }

    private static long wholeSeconds(List<ExplainedStep> steps, long talkedMillis, RateTerms terms) {
        long seconds = Billing.wholeSeconds(talkedMillis, terms.getDurationRounding());
        String talked = BigDecimal.valueOf(talkedMillis, 3).toPlainString();
        steps.add(step(Kind.WHOLE_SECONDS, talked + " s talked, " + terms.getDurationRounding(), seconds));
        return seconds;
    }

    private static long freeSeconds(List<ExplainedStep> steps, long seconds, RateTerms terms) {
        int free = terms.getFreeSeconds();
        long left = Billing.chargeableSeconds(seconds, free, terms.getFreeSecondsRule());
        if (free > 0) {
            String rule = switch (terms.getFreeSecondsRule()) {
                case SUBTRACT -> free + " s are taken off";
                case THRESHOLD -> "calls up to " + free + " s are free";
            };
            steps.add(step(Kind.FREE_SECONDS, terms.getFreeSecondsRule() + ": " + rule, left));
        }
        return left;
    }

    private static long blocks(List<ExplainedStep> steps, long seconds, RateTerms terms) {
        long billed = Billing.inBlocks(seconds, terms);
        steps.add(step(Kind.BLOCKS, blocks(seconds, billed, terms), billed));
        return billed;
    }

    private static String blocks(long seconds, long billed, RateTerms terms) {
        int initial = terms.getInitialSeconds();
        int increment = terms.getIncrementSeconds();
        if (seconds == 0) {
            return "nothing to bill";
        }
        if (seconds <= initial) {
            return "within the initial " + initial + " s";
        }
        return terms.getIncrementAnchor() == IncrementAnchor.AFTER_INITIAL
                ? initial + " s initial + " + (billed - initial) / increment + " increments of " + increment + " s"
                : "more than the initial " + initial + " s: " + billed / increment + " increments of " + increment
                        + " s, counted from zero";
    }

    private static ExactAmount rates(List<ExplainedStep> steps, long billed, Instant ratedAt, RateTerms terms) {
        ExactAmount sum = ExactAmount.zero(Currency.getInstance(terms.getCurrency()));
        for (RateSegment segment : RateSegment.of(billed, ratedAt, terms)) {
            UnitSum units = new UnitSum();
            units.addSeconds(segment.seconds(), segment.ratePerMinute());
            ExactAmount part = new ExactAmount(units.total(), sum.currency());
            steps.add(new ExplainedStep(Kind.RATE, words(segment), part.toExactString()));
            sum = sum.plus(part);
        }
        return sum;
    }

    private static String words(RateSegment segment) {
        String since = segment.since() == null
                ? ""
                : ", from block at second " + segment.from() + " on: prefix " + segment.prefix() + " since "
                        + segment.since();
        return segment.seconds() + " s at " + segment.ratePerMinute().toPlainString() + " a minute" + since;
    }

    private static ExactAmount connectFee(List<ExplainedStep> steps, RateTerms terms) {
        ExactAmount fee = ExactAmount.of(terms.getConnectFee(), Currency.getInstance(terms.getCurrency()));
        steps.add(new ExplainedStep(Kind.CONNECT_FEE, "once", fee.toExactString()));
        return fee;
    }

    private static ExactAmount minimum(List<ExplainedStep> steps, ExactAmount sum, RateTerms terms) {
        if (terms.getMinimumCharge().signum() == 0) {
            return sum;
        }
        ExactAmount least = ExactAmount.of(terms.getMinimumCharge(), sum.currency());
        boolean holds = sum.units().compareTo(least.units()) < 0;
        String detail = holds ? "more than the " + sum.toExactString() + " so far: it holds" : "already reached";
        steps.add(new ExplainedStep(Kind.MINIMUM_CHARGE, detail, least.toExactString()));
        return holds ? least : sum;
    }

    private static BigDecimal rounding(List<ExplainedStep> steps, ExactAmount exact, RateTerms terms) {
        BigDecimal posted = Billing.posted(exact, terms);
        String how = terms.getRoundingLevel() == RoundingLevel.PER_CALL
                ? terms.getRoundingRule() + " to " + terms.getRoundingScale() + " decimals, PER_CALL"
                : terms.getRoundingRule() + " to the " + Billing.POSTING_SCALE
                        + " decimals of a posting; PER_STATEMENT_LINE: the line, of the exact sum, to "
                        + terms.getRoundingScale();
        steps.add(new ExplainedStep(Kind.ROUNDING, how, posted.toPlainString()));
        return posted;
    }

    private static ExplainedStep step(Kind kind, String detail, long seconds) {
        return new ExplainedStep(kind, detail, Long.toString(seconds));
    }
}
