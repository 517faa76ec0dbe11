package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import org.callclear.schemas.rating.Billing;

/** What a payment can be made in: the minor units of a currency, such as cents. */
public final class MinorUnits {
    private MinorUnits() {}

    /** Decimals of a payment; 6 for the few currencies that ISO 4217 names no minor unit for, such as XDR. */
    public static int digits(String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return digits < 0 ? Billing.POSTING_SCALE : digits;
    }

    /** The amount that can be paid, half up: the halves of both signs go away from 0. */
    static BigDecimal rounded(BigDecimal amount, String currency) {
        return amount.setScale(digits(currency), RoundingMode.HALF_UP);
    }
}
