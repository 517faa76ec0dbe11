package org.callclear.settlement.statement;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.TreeSet;
import org.callclear.schemas.avro.LineKind;
import org.callclear.schemas.avro.LineName;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.money.ExactAmount;
import org.callclear.schemas.rating.Billing;
import org.callclear.settlement.totals.Sums;

/**
 * A complete line with its amount.
 *
 * @param label what it is about
 * @param sums over all partitions
 * @param amount what the line comes to: the sum of the posted amounts where each call is rounded, and of what is withheld;
 *     else the exact sum, rounded here
 * @param parts the contracts, decks and days it is made of
 */
public record StatementLine(LineLabel label, Sums sums, BigDecimal amount, List<LineName> parts) {
    static StatementLine of(LineLabel label, Sums sums, List<LineName> parts) {
        boolean perCall = label.roundingLevel() == RoundingLevel.PER_CALL || label.kind() == LineKind.DISPUTED;
        BigDecimal amount = perCall
                ? sums.postedAmount()
                : exact(label, sums)
                        .rounded(label.roundingScale(), Billing.mode(label.roundingRule()))
                        .setScale(Billing.POSTING_SCALE);
        return new StatementLine(label, sums, amount, parts);
    }

    /** What the line's calls cost before anything was rounded. */
    public ExactAmount exact() {
        return exact(label, sums);
    }

    /** The days of its calls, first and last, since 1970. */
    TreeSet<Integer> days() {
        TreeSet<Integer> days = new TreeSet<>();
        parts.forEach(part -> days.add(part.getDay()));
        return days;
    }

    private static ExactAmount exact(LineLabel label, Sums sums) {
        return new ExactAmount(sums.exact(), Currency.getInstance(label.currency()));
    }
}
