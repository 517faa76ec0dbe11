package org.callclear.app.reference;

import java.time.Instant;
import java.util.List;
import org.callclear.app.reference.DeckDraft.Placed;
import org.callclear.app.reference.DeckFile.Overlaps;
import org.jspecify.annotations.Nullable;

/** Whether the rows of each prefix follow each other in time: no two at once, and none missing in between. */
final class DeckTimes {
    private final DeckDraft draft;
    private final List<Fault> faults;

    /** @param faults takes what is found */
    DeckTimes(DeckDraft draft, List<Fault> faults) {
        this.draft = draft;
        this.faults = faults;
    }

    /** @param rows in {@link Placed#ORDER} */
    void check(List<Placed> rows, Overlaps overlaps) {
        Placed before = null;
        Placed longest = null;
        for (Placed placed : rows) {
            if (before == null || longest == null || !placed.hasPrefixOf(before)) {
                longest = placed;
            } else {
                if (placed.rate().getValidFrom().equals(before.rate().getValidFrom())) {
                    sameStart(before, placed);
                } else if (overlaps == Overlaps.REFUSED) {
                    compare(longest, placed);
                }
                longest = placed.outlasts(longest) ? placed : longest;
            }
            before = placed;
        }
    }

    private void sameStart(Placed before, Placed placed) {
        String why = placed.rate().equals(before.rate())
                ? "is the same row as " + before.place()
                : "stands with the same valid_from on " + before.place();
        faults.add(draft.fault(placed, "prefix", placed.rate().getPrefix(), why));
    }

    private void compare(Placed earlier, Placed later) {
        @Nullable Instant end = earlier.rate().getValidTo();
        Instant begin = later.rate().getValidFrom();
        if (end == null || begin.isBefore(end)) {
            overlap(earlier, later);
        } else if (begin.isAfter(end) && !draft.untimed().contains(later.rate().getPrefix())) {
            gap(earlier, later);
        }
    }

    private void overlap(Placed earlier, Placed later) {
        if (later.isOfFile()) {
            addAtBegin(
                    later, "overlaps " + earlier.place() + ", which holds for the same prefix until " + endOf(earlier));
        } else if (earlier.isOfFile()) {
            addAtEnd(earlier, "overlaps " + later.place() + ", which holds for the same prefix from " + beginOf(later));
        }
    }

    private void gap(Placed earlier, Placed later) {
        if (later.isOfFile()) {
            addAtBegin(
                    later,
                    "leaves a gap: " + earlier.place() + " ends at " + endOf(earlier)
                            + ", and nothing holds for the prefix in between");
        } else if (earlier.isOfFile()) {
            addAtEnd(
                    earlier,
                    "leaves a gap: " + later.place() + " begins at " + beginOf(later)
                            + ", and nothing holds for the prefix in between");
        }
    }

    private void addAtBegin(Placed placed, String why) {
        faults.add(draft.fault(placed, "valid_from", beginOf(placed), why));
    }

    private void addAtEnd(Placed placed, String why) {
        faults.add(draft.fault(placed, "valid_to", placed.rate().getValidTo() == null ? "" : endOf(placed), why));
    }

    private static String beginOf(Placed placed) {
        return ReferenceExport.instant(placed.rate().getValidFrom());
    }

    private static String endOf(Placed placed) {
        return placed.rate().getValidTo() == null
                ? "further notice"
                : ReferenceExport.instant(placed.rate().getValidTo());
    }
}
