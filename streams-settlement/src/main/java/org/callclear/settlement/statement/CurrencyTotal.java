package org.callclear.settlement.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.money.ExactAmount;
import org.callclear.schemas.rating.Billing;

/**
 * What a statement comes to in one currency.
 *
 * @param currency ISO 4217
 * @param owed what the carrier owes for calls it sent: the sum of those lines' amounts
 * @param due what it is owed for calls it completed: the sum of those lines' amounts
 * @param exact the same difference of both before anything was rounded, on calls or on lines
 * @param payable owed less due, in the currency's minor units; negative when the carrier is paid
 */
public record CurrencyTotal(String currency, BigDecimal owed, BigDecimal due, ExactAmount exact, BigDecimal payable) {
    /** A third of a unit has no end as a decimal; {@link #exact} has it exactly. */
    private static final int DIFFERENCE_SCALE = 12;

    static CurrencyTotal of(String currency, List<StatementLine> lines) {
        BigDecimal owed = sum(lines, currency, Role.ORIGINATING);
        BigDecimal due = sum(lines, currency, Role.TERMINATING);
        ExactAmount exact =
                exactSum(lines, currency, Role.ORIGINATING).minus(exactSum(lines, currency, Role.TERMINATING));
        BigDecimal payable = owed.subtract(due).setScale(minorDigits(currency), RoundingMode.HALF_UP);
        return new CurrencyTotal(currency, owed, due, exact, payable);
    }

    /** All that rounding changed, on whatever level: payable less the exact sum, with 6 to 12 decimals. */
    public BigDecimal roundingDifference() {
        BigDecimal difference = ExactAmount.of(payable, exact.currency())
                .minus(exact)
                .rounded(DIFFERENCE_SCALE, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return difference.setScale(Math.max(difference.scale(), Billing.POSTING_SCALE));
    }

    /** ISO 4217 names no minor unit for a few currencies, such as XDR: those are paid as they were posted. */
    private static int minorDigits(String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return digits < 0 ? Billing.POSTING_SCALE : digits;
    }

    private static BigDecimal sum(List<StatementLine> lines, String currency, Role side) {
        return of(lines, currency, side)
                .map(StatementLine::amount)
                .reduce(BigDecimal.ZERO.setScale(Billing.POSTING_SCALE), BigDecimal::add);
    }

    private static ExactAmount exactSum(List<StatementLine> lines, String currency, Role side) {
        return of(lines, currency, side)
                .map(StatementLine::exact)
                .reduce(ExactAmount.zero(Currency.getInstance(currency)), ExactAmount::plus);
    }

    private static Stream<StatementLine> of(List<StatementLine> lines, String currency, Role side) {
        return lines.stream()
                .filter(line ->
                        line.label().currency().equals(currency) && line.label().side() == side);
    }
}
