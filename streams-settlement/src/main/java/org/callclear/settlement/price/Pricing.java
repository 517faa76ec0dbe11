package org.callclear.settlement.price;

import java.math.BigDecimal;
import java.util.Objects;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.money.ExactAmount;
import org.callclear.schemas.rating.Billing;

/** Prices what settles with the terms that were granted, never with a later look-up. */
public final class Pricing {
    private Pricing() {}

    /**
     * The call with the price of both sides.
     *
     * @param call with a settled talk time
     * @param origination what the originating carrier owes by
     * @param termination what the terminating carrier is owed by
     */
    public static ReconciledCall priced(ReconciledCall call, RateTerms origination, RateTerms termination) {
        long settled = Objects.requireNonNull(call.getSettledMillis(), "a call that settles has a talk time");
        return ReconciledCall.newBuilder(call)
                .setOrigination(leg(settled, origination))
                .setTermination(leg(settled, termination))
                .build();
    }

    private static PricedLeg leg(long talkedMillis, RateTerms terms) {
        long billed = Billing.billedSeconds(talkedMillis, terms);
        ExactAmount exact = Billing.price(billed, terms);
        return new PricedLeg(
                billed, new BigDecimal(exact.units()), Billing.posted(exact, terms), terms.getCurrency(), terms);
    }
}
