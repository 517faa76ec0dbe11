package org.callclear.settlement.stages;

import java.util.HashMap;
import java.util.Map;
import org.callclear.settlement.totals.Tally;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of statements come to, by number. Between two commits nearly every line changes, and a record for each costs more than what is in it:
 * they are written by the page. For one thread.
 */
final class TallyPages {
    private final WriteBehind<Long, TallyPage> store;

    /**
     * The pages in a store.
     *
     * @param store restored, and not yet looked at
     */
    TallyPages(WriteBehind<Long, TallyPage> store) {
        this.store = store;
        store.takeUp();
        Map<Long, TallyPage> single = new HashMap<>();
        store.forEach((key, page) -> {
            if (key >= 0) {
                single.put(key, page);
            }
        });
        single.forEach(this::bind);
    }

    /** What the line of a number comes to; null for nothing yet. It may be changed, and is then to be put. */
    @Nullable
    Tally get(long number) {
        TallyPage page = store.get(key(number));
        return page == null ? null : page.get(place(number));
    }

    void put(long number, Tally tally) {
        TallyPage page = store.get(key(number));
        if (page == null) {
            page = new TallyPage();
        }
        page.set(place(number), tally);
        store.put(key(number), page);
    }

    void delete(long number) {
        TallyPage page = store.get(key(number));
        if (page == null) {
            return;
        }
        page.set(place(number), null);
        if (page.isEmpty()) {
            store.delete(key(number));
        } else {
            store.put(key(number), page);
        }
    }

    /** Earlier releases kept each line by itself, by its number. */
    private void bind(Long number, TallyPage alone) {
        Tally tally = alone.get(0);
        if (tally != null) {
            put(number, tally);
        }
        store.delete(number);
    }

    /** Below zero, where no line's number is. */
    private static Long key(long number) {
        return -1 - number / TallyPage.LINES;
    }

    private static int place(long number) {
        return (int) (number % TallyPage.LINES);
    }
}
