package org.callclear.settlement.reconcile;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import org.callclear.schemas.avro.DisputeGate;
import org.callclear.schemas.avro.GateRule;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.money.ExactAmount;
import org.callclear.schemas.rating.Billing;

/** Whether a difference is worth a dispute. Goes by exact prices: rounding never decides it. */
final class Gate {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Gate() {}

    /**
     * Whether the price of the claimed talk time is so much more than that of the settled one that it may be disputed.
     *
     * @param settled ms; {@link Files#NONE} when nothing settles, which costs nothing
     * @param claimed ms
     */
    static boolean lets(DisputeGate gate, RateTerms terms, long ratedAt, long settled, long claimed) {
        ExactAmount whole =
                Billing.price(claimed, Instant.ofEpochMilli(ratedAt), terms).exact();
        BigInteger less = settled == Files.NONE
                ? BigInteger.ZERO
                : Billing.price(settled, Instant.ofEpochMilli(ratedAt), terms)
                        .exact()
                        .units();
        BigDecimal difference = new BigDecimal(whole.units().subtract(less));
        boolean byAmount =
                difference.compareTo(gate.getAmount().multiply(new BigDecimal(ExactAmount.UNITS_PER_ONE))) > 0;
        boolean byPercent =
                difference.multiply(HUNDRED).compareTo(gate.getPercent().multiply(new BigDecimal(whole.units()))) > 0;
        return gate.getRule() == GateRule.ALL ? byAmount && byPercent : byAmount || byPercent;
    }
}
