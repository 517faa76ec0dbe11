package org.callclear.schemas.rating;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;

/**
 * A rate deck, ready to be asked: one revision of it, or several at once. Immutable, so any number of threads ask the
 * same one. It holds rates as numbers in columns and makes a {@link RateRow} only of what it is asked for.
 *
 * <p>The choice: the rows live at the instant ({@code valid_from <= t < valid_to}), then the longest prefix, then the
 * latest {@code valid_from}, then the highest deck revision. A blocked row refuses. No row is no rate, never 0.
 */
public final class RateDeck {
    private static final int NONE = RateDeckTrie.NO_ROW;

    private final String name;
    private final long revision;
    private final RateDeckTrie prefixes;
    private final RateDeckRows rows;

    RateDeck(String name, long revision, RateDeckTrie prefixes, RateDeckRows rows) {
        this.name = name;
        this.revision = revision;
        this.prefixes = prefixes;
        this.rows = rows;
    }

    /** The rows of one revision of a deck. */
    public record Edition(long revision, Collection<RateRow> rows) {}

    /** A deck of these rows. @throws IllegalArgumentException when a prefix is not 1 to 15 digits */
    public static RateDeck of(String name, long revision, Collection<RateRow> rows) {
        return of(name, List.of(new Edition(revision, rows)));
    }

    /** The rows of several revisions at once. @throws IllegalArgumentException when a prefix is not 1 to 15 digits */
    public static RateDeck of(String name, Collection<Edition> editions) {
        Builder builder = new Builder(name);
        editions.forEach(edition -> builder.add(edition.revision(), edition.rows()));
        return builder.build();
    }

    /** Takes rows piece by piece and keeps only their numbers: what was added may be forgotten. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final RateDeckColumns columns = new RateDeckColumns();

        /** Nothing yet. */
        public Builder(String name) {
            this.name = name;
        }

        /** Some rows of a revision. @throws IllegalArgumentException when a prefix is not 1 to 15 digits */
        public Builder add(long revision, Collection<RateRow> rows) {
            rows.forEach(row -> columns.add(revision, row));
            return this;
        }

        /** The rows of another deck, in the revisions they are of. */
        public Builder add(RateDeck piece) {
            piece.visit(
                    RateDeckTrie.ROOT,
                    "",
                    (row, prefix) -> columns.add(piece.rows.conditions(row).revision(), piece.rows.row(row, prefix)));
            return this;
        }

        /** How many rows were added. */
        public int size() {
            return columns.size();
        }

        /** A deck of what was added. */
        public RateDeck build() {
            return columns.deck(name);
        }
    }

    /** The deck's name. */
    public String name() {
        return name;
    }

    /** The revision, which grows with every import; of several the highest, of none 0. */
    public long revision() {
        return revision;
    }

    /** How many rows it has. */
    public int size() {
        return rows.size();
    }

    /** What the deck says of a number, in E.164 digits, at an instant. */
    public RateChoice choose(String digits, Instant at) {
        long millis = at.toEpochMilli();
        long longest = prefixes.longest(digits);
        int first = RateDeckTrie.rowOf(longest);
        if (first == NONE) {
            return new RateChoice.Unrated();
        }
        int length = RateDeckTrie.lengthOf(longest);
        int live = liveRow(first, millis); // nearly always; whether shorter ones live is not looked at
        return live == NONE ? chooseShorter(digits, length - 1, millis) : choice(live, digits, length);
    }

    private RateChoice chooseShorter(String digits, int longest, long millis) {
        int chosen = NONE;
        int length = 0;
        int node = RateDeckTrie.ROOT;
        for (int depth = 1; depth <= longest; depth++) {
            node = prefixes.child(node, digits.charAt(depth - 1) - '0');
            int live = liveRow(prefixes.firstRow(node), millis);
            if (live != NONE) {
                chosen = live;
                length = depth;
            }
        }
        return chosen == NONE ? new RateChoice.Unrated() : choice(chosen, digits, length);
    }

    /** From the first row of a prefix on, or {@link #NONE}: they stand in the order of preference. */
    private int liveRow(int first, long millis) {
        int row = first;
        while (row != NONE && !rows.conditions(row).isLiveAt(millis)) {
            row = rows.next(row);
        }
        return row;
    }

    private RateChoice choice(int row, String digits, int length) {
        RateDeckConditions conditions = rows.conditions(row);
        return conditions.status() == RateStatus.ACTIVE_RATE
                ? new RateChoice.Rated(rows, row, digits, length)
                : new RateChoice.Blocked(rows.row(row, digits.substring(0, length)), conditions.revision());
    }

    /**
     * The first instant after another at which the deck may say something else of a number: a row of one of its prefixes
     * begins or ends. Until then {@link #choose} gives the same; empty when it always will.
     */
    public Optional<Instant> nextChange(String digits, Instant after) {
        long millis = after.toEpochMilli();
        long next = RateDeckConditions.OPEN;
        int node = RateDeckTrie.ROOT;
        for (int i = 0; i < digits.length(); i++) {
            node = prefixes.child(node, digits.charAt(i) - '0');
            if (node == RateDeckTrie.NO_NODE) {
                break;
            }
            for (int row = prefixes.firstRow(node); row != NONE; row = rows.next(row)) {
                next = Math.min(next, rows.conditions(row).nextChange(millis));
            }
        }
        return next == RateDeckConditions.OPEN ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next));
    }

    /** Every row in the order of prefixes, and of one prefix the earliest first. */
    public void forEachRow(Consumer<RateRow> action) {
        visit(RateDeckTrie.ROOT, "", (row, prefix) -> action.accept(rows.row(row, prefix)));
    }

    private void visit(int node, String prefix, RowVisit action) {
        int first = prefixes.firstRow(node);
        if (first != NONE) {
            for (int row = rows.last(first); row >= first; row -= RateDeckRows.WORDS) {
                action.at(row, prefix);
            }
        }
        for (int digit = 0; digit <= 9; digit++) {
            int child = prefixes.child(node, digit);
            if (child != RateDeckTrie.NO_NODE) {
                visit(child, prefix + digit, action);
            }
        }
    }

    private interface RowVisit {
        void at(int row, String prefix);
    }
}
