package org.callclear.app.settling;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.callclear.schemas.avro.Contract;

/** What contracts say about payments that are too small to be made. */
final class MinimumPayments {
    private MinimumPayments() {}

    /** The minimum of each carrier that has one in a currency; of two contracts the larger one. */
    static Map<String, BigDecimal> in(String currency, Collection<Contract> contracts) {
        Map<String, BigDecimal> minimums = new HashMap<>();
        for (Contract contract : contracts) {
            BigDecimal minimum = contract.getMinimumPayment();
            if (contract.getCurrency().equals(currency) && minimum.signum() > 0) {
                minimums.merge(contract.getCarrier(), minimum, BigDecimal::max);
            }
        }
        return minimums;
    }
}
