package org.callclear.schemas.rating;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.RateRow;

/** Rows as numbers in columns, in the order they came. */
final class RateDeckColumns {
    /** From so many rows on it matters that the first digits of a number need no steps. */
    private static final int LARGE = 10_000;

    private final RateDeckNames.Collected names = new RateDeckNames.Collected();
    private final Map<RateDeckConditions, Integer> shared = new HashMap<>();
    /** In the order of their numbers. */
    private final List<RateDeckConditions> said = new ArrayList<>();

    private long[] keys = new long[64];
    private long[] rateMicros = new long[64];
    private int[] destinations = new int[64];
    private int[] conditions = new int[64];
    private int size;
    private long highest;

    int size() {
        return size;
    }

    void add(long revision, RateRow row) {
        long key = RateDeckTrie.key(row.getPrefix());
        if (size == keys.length) {
            int room = size + size / 2;
            keys = Arrays.copyOf(keys, room);
            rateMicros = Arrays.copyOf(rateMicros, room);
            destinations = Arrays.copyOf(destinations, room);
            conditions = Arrays.copyOf(conditions, room);
        }
        keys[size] = key;
        rateMicros[size] = row.getRatePerMinute()
                .setScale(RateDeckConditions.SCALE, RoundingMode.UNNECESSARY)
                .unscaledValue()
                .longValueExact();
        destinations[size] = names.place(row.getDestination());
        conditions[size++] = number(RateDeckConditions.of(revision, row));
        highest = Math.max(highest, revision);
    }

    private int number(RateDeckConditions one) {
        Integer known = shared.putIfAbsent(one, said.size());
        if (known != null) {
            return known;
        }
        said.add(one);
        return said.size() - 1;
    }

    RateDeck deck(String name) {
        Integer[] sorted = sorted();
        long[] words = RateDeckTrie.plant(
                Arrays.stream(sorted).mapToLong(row -> keys[row]).toArray(), (key, last, to, at) -> {
                    int row = sorted[key];
                    RateDeckRows.write(to, at, rateMicros[row], destinations[row], conditions[row], last);
                });
        return new RateDeck(
                name,
                highest,
                new RateDeckTrie(words, size >= LARGE),
                new RateDeckRows(words, said.toArray(RateDeckConditions[]::new), names.names(), size));
    }

    /** By prefix, and those of one prefix in the order of preference. */
    private Integer[] sorted() {
        Integer[] rows = new Integer[size];
        Arrays.setAll(rows, row -> row);
        Arrays.sort(
                rows,
                Comparator.<Integer>comparingLong(row -> keys[row])
                        .thenComparing((a, b) -> Long.compare(of(b).fromMillis(), of(a).fromMillis()))
                        .thenComparing((a, b) -> Long.compare(of(b).revision(), of(a).revision())));
        return rows;
    }

    private RateDeckConditions of(int row) {
        return said.get(conditions[row]);
    }
}
