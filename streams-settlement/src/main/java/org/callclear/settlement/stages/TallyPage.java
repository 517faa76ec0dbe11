package org.callclear.settlement.stages;

import org.callclear.settlement.totals.Tally;
import org.jspecify.annotations.Nullable;

/** What lines with neighbouring numbers come to: they are written together. For one thread. */
final class TallyPage {
    /** Where little happens, and one line has changed, a page costs less than a kilobyte; where much does, a sixteenth of the records. */
    static final int LINES = 16;

    private final @Nullable Tally[] tallies = new @Nullable Tally[LINES];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** @param place from 0, less than {@link #LINES} */
    @Nullable
    Tally get(int place) {
        return tallies[place];
    }

    /** @param tally null for none any more */
    void set(int place, @Nullable Tally tally) {
        size += (tally == null ? 0 : 1) - (tallies[place] == null ? 0 : 1);
        tallies[place] = tally;
    }
}
