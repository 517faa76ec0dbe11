package org.callclear.settlement.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.rating.Billing;

/**
 * What a statement comes to in one currency.
 *
 * @param currency ISO 4217
 * @param owed what the carrier owes for calls it sent
 * @param due what it is owed for calls it completed
 * @param payable owed less due, in the currency's minor units; negative when the carrier is paid
 * @param roundingDifference payable less the unrounded difference
 */
public record CurrencyTotal(
        String currency, BigDecimal owed, BigDecimal due, BigDecimal payable, BigDecimal roundingDifference) {
    static CurrencyTotal of(String currency, List<StatementLine> lines) {
        BigDecimal owed = sum(lines, currency, Role.ORIGINATING);
        BigDecimal due = sum(lines, currency, Role.TERMINATING);
        BigDecimal exact = owed.subtract(due);
        BigDecimal payable = exact.setScale(minorDigits(currency), RoundingMode.HALF_UP);
        return new CurrencyTotal(currency, owed, due, payable, payable.subtract(exact));
    }

    /** ISO 4217 names no minor unit for a few currencies, such as XDR: those are paid as they were posted. */
    private static int minorDigits(String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return digits < 0 ? Billing.POSTING_SCALE : digits;
    }

    private static BigDecimal sum(List<StatementLine> lines, String currency, Role side) {
        return lines.stream()
                .filter(line -> line.total().getCurrency().equals(currency)
                        && line.total().getSide() == side)
                .map(StatementLine::amount)
                .reduce(BigDecimal.ZERO.setScale(Billing.POSTING_SCALE), BigDecimal::add);
    }
}
