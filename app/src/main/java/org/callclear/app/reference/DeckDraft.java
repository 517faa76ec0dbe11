package org.callclear.app.reference;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.callclear.schemas.avro.RateRow;

/**
 * What a deck file says, row by row, before it is compared with anything.
 *
 * @param file the file's name as it was given
 * @param rows those whose prefix and times can be read; in place of another field that cannot be there is a harmless one
 * @param currency of all its rows; empty when it has no such column
 * @param faults of the rows each by itself
 * @param untimed prefixes of rows that were left out: nothing can be said of their gaps
 */
public record DeckDraft(String file, List<Placed> rows, String currency, List<Fault> faults, Set<String> untimed) {
    /**
     * A row and where it stands.
     *
     * @param line of the file; 0 for a row of the revision in force
     */
    record Placed(RateRow rate, long line) {
        static final Comparator<Placed> ORDER = Comparator.comparing(
                        (Placed placed) -> placed.rate().getPrefix())
                .thenComparing(placed -> placed.rate().getValidFrom())
                .thenComparingLong(Placed::line);

        boolean isOfFile() {
            return line > 0;
        }

        boolean hasPrefixOf(Placed other) {
            return rate.getPrefix().equals(other.rate.getPrefix());
        }

        /** Whether it still holds when another of its prefix has ended. */
        boolean outlasts(Placed other) {
            Instant end = rate.getValidTo();
            Instant otherEnd = other.rate.getValidTo();
            return otherEnd != null && (end == null || end.isAfter(otherEnd));
        }

        /** For messages. */
        String place() {
            return isOfFile() ? "line " + line : "a row of the revision in force";
        }
    }

    public DeckDraft {
        faults = List.copyOf(faults);
        untimed = Set.copyOf(untimed);
    }

    Fault fault(Placed placed, String field, String value, String why) {
        return new Fault(file, placed.line(), field, value, why);
    }
}
