package org.callclear.schemas.rating;

import java.math.BigDecimal;
import org.callclear.schemas.avro.RateRow;

/**
 * The rows of a deck, without their prefixes: sixteen bytes each, side by side, so that one is read in one place. Immutable.
 */
final class RateDeckRows {
    private static final int WORDS = 2;

    /** For each row its rate in millionths; then its destination's place in the upper half and its conditions in the lower. */
    private final long[] words;

    private final RateDeckConditions[] conditions;
    private final RateDeckNames names;

    private RateDeckRows(long[] words, RateDeckConditions[] conditions, RateDeckNames names) {
        this.words = words;
        this.conditions = conditions;
        this.names = names;
    }

    /** Takes rows one after the other. */
    static final class Growing {
        private final long[] words;
        private final RateDeckConditions[] conditions;
        private final RateDeckNames names;
        private int size;

        /** @param conditions all that rows refer to by number */
        Growing(int rows, RateDeckConditions[] conditions, RateDeckNames names) {
            this.words = new long[WORDS * rows];
            this.conditions = conditions;
            this.names = names;
        }

        void add(long rateMicros, int destination, int conditionsNumber) {
            words[WORDS * size] = rateMicros;
            words[WORDS * size + 1] = (long) destination << Integer.SIZE | conditionsNumber;
            size++;
        }

        RateDeckRows rows() {
            return new RateDeckRows(words, conditions, names);
        }
    }

    int size() {
        return words.length / WORDS;
    }

    RateDeckConditions conditions(int row) {
        return conditions[(int) words[WORDS * row + 1]];
    }

    BigDecimal ratePerMinute(int row) {
        return BigDecimal.valueOf(words[WORDS * row], RateDeckConditions.SCALE);
    }

    RateRow row(int row, String prefix) {
        long second = words[WORDS * row + 1];
        return conditions[(int) second].row(prefix, names.at((int) (second >>> Integer.SIZE)), ratePerMinute(row));
    }
}
