package org.callclear.settlement.net;

import java.math.BigDecimal;
import org.callclear.schemas.rating.Billing;

/**
 * What one participant owes another. A negative amount is the same as a positive one the other way, and is turned round.
 *
 * @param debtor who owes; a carrier's id or {@link Netting#CLEARINGHOUSE}
 * @param creditor who is owed; another one
 * @param amount never negative, 6 decimals
 * @param currency ISO 4217
 */
public record Obligation(String debtor, String creditor, BigDecimal amount, String currency) {
    /**
     * @throws IllegalArgumentException when somebody owes itself
     * @throws ArithmeticException when the amount has more than 6 decimals
     */
    public Obligation {
        if (debtor.equals(creditor)) {
            throw new IllegalArgumentException(debtor + " cannot owe itself");
        }
        if (amount.signum() < 0) {
            String turned = debtor;
            debtor = creditor;
            creditor = turned;
        }
        amount = amount.abs().setScale(Billing.POSTING_SCALE);
    }
}
