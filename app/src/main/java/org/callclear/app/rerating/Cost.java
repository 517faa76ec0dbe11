package org.callclear.app.rerating;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.money.ExactAmount;
import org.callclear.schemas.rating.Billing;
import org.callclear.schemas.rating.Price;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a call costs.
 *
 * @param billedSeconds charged
 * @param exactUnits before the one rounding, in 1/60,000,000 of the currency's unit
 * @param settled as posted, six decimals
 * @param withheld as posted to suspense, six decimals; 0 when nothing is
 */
record Cost(long billedSeconds, BigInteger exactUnits, BigDecimal settled, BigDecimal withheld) {
    private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(Billing.POSTING_SCALE);

    /** Of a call that has no price. */
    static final Cost NONE = new Cost(0, BigInteger.ZERO, NOTHING, NOTHING);

    /** What it costs as it stands in the books. */
    static Cost booked(RatedCall call, PricedLeg price) {
        return new Cost(
                price.getBilledSeconds(),
                price.getExactUnits().toBigIntegerExact(),
                price.getAmount(),
                withheld(call, price.getTerms(), price.getAmount()));
    }

    /** What it would cost by these terms. */
    static Cost by(RateTerms terms, RatedCall call) {
        Long settled = call.settledMillis();
        if (call.attempt() || settled == null) {
            ExactAmount fee = Billing.attempt(terms);
            return new Cost(0, fee.units(), Billing.posted(fee, terms), NOTHING);
        }
        Price price = Billing.price(settled, call.ratedAt(), terms);
        BigDecimal posted = Billing.posted(price.exact(), terms);
        return new Cost(price.billedSeconds(), price.exact().units(), posted, withheld(call, terms, posted));
    }

    /** Whether nobody could tell the two apart on a statement's amounts. */
    boolean isSameAs(Cost other) {
        return billedSeconds == other.billedSeconds
                && exactUnits.equals(other.exactUnits)
                && settled.compareTo(other.settled) == 0
                && withheld.compareTo(other.withheld) == 0;
    }

    private static BigDecimal withheld(RatedCall call, RateTerms terms, BigDecimal settled) {
        @Nullable Long claimed = call.claimedMillis();
        return claimed == null
                ? NOTHING
                : Billing.posted(Billing.price(claimed, call.ratedAt(), terms).exact(), terms)
                        .subtract(settled);
    }
}
