package org.callclear.settlement.price;

import java.math.BigDecimal;
import java.time.Instant;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.money.ExactAmount;
import org.callclear.schemas.rating.Billing;
import org.callclear.schemas.rating.Price;

/**
 * What a talk time costs on one side.
 *
 * @param seconds talked, in whole seconds as the contract rounds
 * @param billedSeconds charged
 * @param exact before the one rounding
 * @param posted as it goes to the books, six decimals
 */
public record Cost(long seconds, long billedSeconds, ExactAmount exact, BigDecimal posted) {
    /**
     * The cost of an answered call.
     *
     * @param talked ms, not negative
     * @param ratedAt when it was answered, ms since 1970
     */
    public static Cost ofCall(long talked, long ratedAt, RateTerms terms) {
        Price price = Billing.price(talked, Instant.ofEpochMilli(ratedAt), terms);
        return new Cost(
                Billing.wholeSeconds(talked, terms.getDurationRounding()),
                price.billedSeconds(),
                price.exact(),
                Billing.posted(price.exact(), terms));
    }

    /** The cost of an attempt that nobody answered. */
    public static Cost ofAttempt(RateTerms terms) {
        ExactAmount fee = Billing.attempt(terms);
        return new Cost(0, 0, fee, Billing.posted(fee, terms));
    }

    /** What this costs more than another talk time of the same call. */
    public Cost minus(Cost other) {
        return new Cost(
                seconds - other.seconds,
                billedSeconds - other.billedSeconds,
                exact.minus(other.exact),
                posted.subtract(other.posted));
    }
}
