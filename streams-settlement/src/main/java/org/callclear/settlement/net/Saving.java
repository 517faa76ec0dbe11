package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What need not be paid because it was set off.
 *
 * @param amount the gross amount less what is left to pay
 * @param percent of the gross amount, 2 decimals, half up; 0 of nothing
 */
public record Saving(BigDecimal amount, BigDecimal percent) {
    private static final int PERCENT_SCALE = 2;

    static Saving of(BigDecimal gross, BigDecimal left) {
        BigDecimal amount = gross.subtract(left);
        BigDecimal percent = gross.signum() == 0
                ? BigDecimal.ZERO.setScale(PERCENT_SCALE)
                : amount.movePointRight(2).divide(gross, PERCENT_SCALE, RoundingMode.HALF_UP);
        return new Saving(amount, percent);
    }
}
