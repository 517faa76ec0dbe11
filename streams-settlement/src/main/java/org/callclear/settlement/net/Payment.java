package org.callclear.settlement.net;

import java.math.BigDecimal;

/**
 * One payment, in the currency of the list it stands in.
 *
 * @param from who pays
 * @param to who is paid
 * @param amount more than 0
 */
public record Payment(String from, String to, BigDecimal amount) {
    /** @throws IllegalArgumentException when there is nothing to pay */
    public Payment {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("a payment of " + amount + " from " + from + " to " + to);
        }
    }
}
