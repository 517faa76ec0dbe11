package org.callclear.systemtests.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a statement comes to in one currency. */
record PlainTotals(String currency, Fraction owed, Fraction due, Fraction exact) {
    private static final Map<String, Integer> MINOR_DIGITS = Map.of("EUR", 2, "USD", 2, "JPY", 0, "KWD", 3);

    static List<PlainTotals> of(List<PlainLine> lines) {
        Map<String, PlainTotals> totals = new TreeMap<>();
        for (PlainLine line : lines) {
            totals.merge(line.currency(), of(line), PlainTotals::plus);
        }
        return new ArrayList<>(totals.values());
    }

    private static PlainTotals of(PlainLine line) {
        boolean owed = line.side().equals("ORIGINATING");
        return new PlainTotals(
                line.currency(),
                owed ? line.amount() : Fraction.ZERO,
                owed ? Fraction.ZERO : line.amount(),
                owed ? line.sums().exact() : line.sums().exact().negated());
    }

    private PlainTotals plus(PlainTotals other) {
        return new PlainTotals(currency, owed.plus(other.owed), due.plus(other.due), exact.plus(other.exact));
    }

    Map<String, Object> json() {
        int digits = MINOR_DIGITS.getOrDefault(currency, 2);
        Fraction payable = owed.minus(due).rounded(digits, "HALF_UP");
        return Map.of(
                "currency", currency,
                "owed", owed.fixed(6),
                "due", due.fixed(6),
                "exact", exact.exactText(),
                "rounding_difference", payable.minus(exact).differenceText(),
                "payable", payable.fixed(digits));
    }

    Map<String, Object> withheld() {
        return Map.of("currency", currency, "owed", owed.fixed(6), "due", due.fixed(6));
    }
}
