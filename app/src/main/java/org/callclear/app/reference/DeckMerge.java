package org.callclear.app.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.callclear.app.reference.DeckDraft.Placed;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.rating.RateDeck;
import org.jspecify.annotations.Nullable;

/**
 * Lays the rows of a file over a revision. A row takes the place of the one with its prefix and {@code valid_from}, and
 * an open row of its prefix ends where it begins; all else stays.
 */
final class DeckMerge {
    private DeckMerge() {}

    static List<Placed> over(RateDeck inForce, List<Placed> changes) {
        Map<String, NavigableMap<Instant, Placed>> changed = new HashMap<>();
        for (Placed change : changes) {
            changed.computeIfAbsent(change.rate().getPrefix(), prefix -> new TreeMap<>())
                    .put(change.rate().getValidFrom(), change);
        }
        List<Placed> merged = new ArrayList<>(changes);
        inForce.forEachRow(row -> {
            @Nullable RateRow left = left(row, changed.getOrDefault(row.getPrefix(), new TreeMap<>()));
            if (left != null) {
                merged.add(new Placed(left, 0));
            }
        });
        return merged;
    }

    /** What stays of a row in force; null when another takes its place. */
    private static @Nullable RateRow left(RateRow row, NavigableMap<Instant, Placed> changes) {
        if (changes.containsKey(row.getValidFrom())) {
            return null;
        }
        @Nullable Instant next = changes.higherKey(row.getValidFrom());
        return row.getValidTo() == null && next != null
                ? RateRow.newBuilder(row).setValidTo(next).build()
                : row;
    }
}
