package org.callclear.schemas.rating;

import java.math.BigDecimal;
import org.callclear.schemas.avro.RateRow;

/** The rows of a deck, without their prefixes, where {@link RateDeckTrie} has them. Immutable. */
final class RateDeckRows {
    /** Of a row: its rate in millionths; then its destination's place in the upper half and its conditions in the lower. */
    static final int WORDS = 2;

    /** In the lower half: no other row of this prefix comes after it. */
    private static final int LAST = 1 << 31;

    private final long[] words;
    private final RateDeckConditions[] conditions;
    private final RateDeckNames names;
    private final int size;

    /**
     * Rows as {@link #write} wrote them.
     *
     * @param conditions all that rows refer to by number
     * @param size how many rows there are
     */
    RateDeckRows(long[] words, RateDeckConditions[] conditions, RateDeckNames names, int size) {
        this.words = words;
        this.conditions = conditions;
        this.names = names;
        this.size = size;
    }

    static void write(long[] words, int at, long rateMicros, int destination, int conditionsNumber, boolean last) {
        words[at] = rateMicros;
        words[at + 1] = (long) destination << Integer.SIZE | conditionsNumber | (last ? LAST & 0xFFFF_FFFFL : 0);
    }

    int size() {
        return size;
    }

    /** The next row of the same prefix, or {@link RateDeckTrie#NO_ROW}. */
    int next(int row) {
        return isLast(row) ? RateDeckTrie.NO_ROW : row + WORDS;
    }

    /** The last row of the same prefix; those between stand side by side. */
    int last(int row) {
        int last = row;
        while (!isLast(last)) {
            last += WORDS;
        }
        return last;
    }

    private boolean isLast(int row) {
        return ((int) words[row + 1] & LAST) != 0;
    }

    RateDeckConditions conditions(int row) {
        return conditions[(int) words[row + 1] & ~LAST];
    }

    BigDecimal ratePerMinute(int row) {
        return BigDecimal.valueOf(words[row], RateDeckConditions.SCALE);
    }

    RateRow row(int row, String prefix) {
        String destination = names.at((int) (words[row + 1] >>> Integer.SIZE));
        return conditions(row).row(prefix, destination, ratePerMinute(row));
    }
}
