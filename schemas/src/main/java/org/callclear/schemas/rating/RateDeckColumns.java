package org.callclear.schemas.rating;

import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.callclear.schemas.avro.RateRow;

/** Rows as numbers in columns, in the order they came. */
final class RateDeckColumns {
    private final RateDeckNames.Collected names = new RateDeckNames.Collected();
    private final Map<RateDeckConditions, RateDeckConditions> shared = new HashMap<>();
    private long[] keys = new long[64];
    private long[] rateMicros = new long[64];
    private int[] destinations = new int[64];
    private RateDeckConditions[] conditions = new RateDeckConditions[64];
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
        destinations[size] = names.number(row.getDestination());
        RateDeckConditions said = RateDeckConditions.of(revision, row);
        conditions[size++] = shared.computeIfAbsent(said, same -> same);
        highest = Math.max(highest, revision);
    }

    RateDeck deck(String name) {
        Integer[] sorted = sorted();
        RateDeckTrie.Planted planted = RateDeckTrie.plant(
                Arrays.stream(sorted).mapToLong(row -> keys[row]).toArray());
        long[] rates = new long[size];
        int[] places = new int[size];
        RateDeckConditions[] said = new RateDeckConditions[size];
        for (int i = 0; i < size; i++) {
            int row = sorted[planted.keyOf(i)];
            rates[i] = rateMicros[row];
            places[i] = destinations[row];
            said[i] = conditions[row];
        }
        return new RateDeck(name, highest, planted.trie(), rates, said, places, names.names());
    }

    /** By prefix, and those of one prefix in the order of preference. */
    private Integer[] sorted() {
        Integer[] rows = new Integer[size];
        Arrays.setAll(rows, row -> row);
        Arrays.sort(
                rows,
                Comparator.<Integer>comparingLong(row -> keys[row])
                        .thenComparing((a, b) -> Long.compare(conditions[b].fromMillis(), conditions[a].fromMillis()))
                        .thenComparing((a, b) -> Long.compare(conditions[b].revision(), conditions[a].revision())));
        return rows;
    }
}
