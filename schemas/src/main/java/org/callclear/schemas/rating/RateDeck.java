package org.callclear.schemas.rating;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a rate deck, ready to be asked. Immutable.
 *
 * <p>The choice: rows live at the instant ({@code valid_from <= t < valid_to}), then the longest prefix, then the
 * latest {@code valid_from}. A blocked row refuses.
 */
public final class RateDeck {
    private final String name;
    private final long revision;
    private final Map<String, List<RateRow>> rowsByPrefix;
    private final int longestPrefix;

    private RateDeck(String name, long revision, Map<String, List<RateRow>> rowsByPrefix) {
        this.name = name;
        this.revision = revision;
        this.rowsByPrefix = rowsByPrefix;
        this.longestPrefix =
                rowsByPrefix.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /** A deck of these rows. */
    public static RateDeck of(String name, long revision, Collection<RateRow> rows) {
        Map<String, List<RateRow>> byPrefix = rows.stream()
                .sorted(Comparator.comparing(RateRow::getValidFrom).reversed())
                .collect(Collectors.groupingBy(RateRow::getPrefix, HashMap::new, Collectors.toList()));
        return new RateDeck(name, revision, byPrefix);
    }

    /** The deck's name. */
    public String name() {
        return name;
    }

    /** The revision, which grows with every import. */
    public long revision() {
        return revision;
    }

    /** What the deck says of a number, in E.164 digits, at an instant. */
    public RateChoice choose(String digits, Instant at) {
        for (int length = Math.min(longestPrefix, digits.length()); length > 0; length--) {
            RateRow row = liveRow(rowsByPrefix.get(digits.substring(0, length)), at);
            if (row != null) {
                return row.getStatus() == RateStatus.ACTIVE_RATE
                        ? new RateChoice.Rated(row, revision)
                        : new RateChoice.Blocked(row, revision);
            }
        }
        return new RateChoice.Unrated();
    }

    private static @Nullable RateRow liveRow(@Nullable List<RateRow> rows, Instant at) {
        if (rows == null) {
            return null;
        }
        for (RateRow row : rows) {
            if (!at.isBefore(row.getValidFrom()) && (row.getValidTo() == null || at.isBefore(row.getValidTo()))) {
                return row;
            }
        }
        return null;
    }
}
