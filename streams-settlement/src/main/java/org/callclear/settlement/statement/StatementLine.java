package org.callclear.settlement.statement;

import java.math.BigDecimal;
import java.util.Currency;
import org.callclear.schemas.avro.LineTotal;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.money.ExactAmount;
import org.callclear.schemas.rating.Billing;

/**
 * A complete line with its amount.
 *
 * @param total the sums over all partitions
 * @param amount what the line comes to, never negative: the sum of the posted amounts where each call is rounded, else
 *     the exact sum, rounded here
 */
public record StatementLine(LineTotal total, BigDecimal amount) {
    static StatementLine of(LineTotal total) {
        if (total.getRoundingLevel() == RoundingLevel.PER_CALL) {
            return new StatementLine(total, total.getPosted());
        }
        return new StatementLine(
                total,
                exact(total)
                        .rounded(total.getRoundingScale(), Billing.mode(total.getRoundingRule()))
                        .setScale(Billing.POSTING_SCALE));
    }

    /** What the line's calls cost before anything was rounded. */
    public ExactAmount exact() {
        return exact(total);
    }

    private static ExactAmount exact(LineTotal total) {
        return new ExactAmount(total.getExactUnits().toBigIntegerExact(), Currency.getInstance(total.getCurrency()));
    }
}
