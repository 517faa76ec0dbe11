package org.callclear.bench.books;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.callclear.schemas.money.ExactAmount;
import org.jspecify.annotations.Nullable;

/** What all statements together say: sums by line, and exact totals by carrier and currency. */
public final class Ledger {
    private static final int SHOWN = 5;

    private final Map<String, Sums> lines = new TreeMap<>();
    private final Map<String, String> exact = new TreeMap<>();

    /**
     * Sums of a line.
     *
     * @param seconds talked, each call in whole seconds
     * @param amount rounded call by call, six decimals
     */
    public record Sums(long calls, long seconds, long billedSeconds, BigDecimal amount) {}

    /** Adds a line; its key is all that tells it from others, rate with six decimals. */
    void line(List<String> key, Sums sums) {
        if (lines.put(String.join("|", key), sums) != null) {
            throw new IllegalStateException("a line came twice: " + key);
        }
    }

    /** Adds a carrier's exact balance, as statements write it. */
    void exact(String carrier, String currency, String amount) {
        exact.put(carrier + "|" + currency, amount);
    }

    /** Adds exact balances in sixty-millionths, by carrier and currency joined by a bar. */
    void exact(Map<String, BigInteger> units) {
        units.forEach((key, sum) -> {
            Currency currency = Currency.getInstance(key.substring(key.indexOf('|') + 1));
            exact.put(key, new ExactAmount(sum, currency).toExactString());
        });
    }

    /** How many lines there are. */
    public int size() {
        return lines.size();
    }

    /** Calls on the originating side. */
    public long calls() {
        return lines.entrySet().stream()
                .filter(line -> line.getKey().contains("|ORIGINATING|"))
                .mapToLong(line -> line.getValue().calls())
                .sum();
    }

    /** The first few differences; empty when both say the same to the last digit. */
    public List<String> differences(Ledger other) {
        List<String> differences = new ArrayList<>();
        compare(lines, other.lines, differences);
        compare(exact, other.exact, differences);
        return differences.subList(0, Math.min(SHOWN, differences.size()));
    }

    private static <T> void compare(Map<String, T> here, Map<String, T> there, List<String> differences) {
        TreeSet<String> keys = new TreeSet<>(here.keySet());
        keys.addAll(there.keySet());
        for (String key : keys) {
            @Nullable T one = here.get(key);
            @Nullable T two = there.get(key);
            if (one == null || !one.equals(two)) {
                differences.add(key + ": " + one + " against " + two);
            }
        }
    }
}
