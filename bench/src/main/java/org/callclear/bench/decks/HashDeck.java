package org.callclear.bench.decks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.RateRow;
import org.jspecify.annotations.Nullable;

/** What a deck is measured against: its rows in a hash map, tried with ever shorter prefixes. */
final class HashDeck {
    private final Map<String, List<RateRow>> rowsByPrefix = new HashMap<>();
    private int longest;

    HashDeck(List<RateRow> rows) {
        for (RateRow row : rows) {
            rowsByPrefix
                    .computeIfAbsent(row.getPrefix(), prefix -> new ArrayList<>(1))
                    .add(row);
            longest = Math.max(longest, row.getPrefix().length());
        }
        rowsByPrefix
                .values()
                .forEach(same ->
                        same.sort(Comparator.comparing(RateRow::getValidFrom).reversed()));
    }

    @Nullable
    RateRow choose(String digits, Instant at) {
        for (int length = Math.min(longest, digits.length()); length > 0; length--) {
            for (RateRow row : rowsByPrefix.getOrDefault(digits.substring(0, length), List.of())) {
                if (!at.isBefore(row.getValidFrom()) && (row.getValidTo() == null || at.isBefore(row.getValidTo()))) {
                    return row;
                }
            }
        }
        return null;
    }
}
