package org.callclear.schemas.rating;

import java.math.BigDecimal;
import java.time.Instant;
import org.callclear.schemas.avro.RateRow;

/** What a rate deck says of a called number at an instant. No row is never the price zero. */
public sealed interface RateChoice {
    /** The row that holds. It is read out of the deck when it is asked for: who wants its rate alone pays for no more. */
    final class Rated implements RateChoice {
        private final RateDeckRows rows;
        private final int number;
        private final String digits;
        private final int length;

        /** @param length of the row's prefix, which is how the digits begin */
        Rated(RateDeckRows rows, int number, String digits, int length) {
            this.rows = rows;
            this.number = number;
            this.digits = digits;
            this.length = length;
        }

        /** The row, made anew by each call. */
        public RateRow row() {
            return rows.row(number, digits.substring(0, length));
        }

        /** The row's rate a minute, in the contract's currency, with six decimals. */
        public BigDecimal ratePerMinute() {
            return rows.ratePerMinute(number);
        }

        /** Whether the row is for this prefix and valid from this instant. */
        public boolean isFor(String prefix, Instant validFrom) {
            return prefix.length() == length
                    && digits.startsWith(prefix)
                    && rows.conditions(number).fromMillis() == validFrom.toEpochMilli();
        }

        /** The revision of the deck that the row is of. */
        public long deckRevision() {
            return rows.conditions(number).revision();
        }
    }

    /** The longest matching prefix is blocked: the call is refused, it does not fall through to a shorter prefix. */
    record Blocked(RateRow row, long deckRevision) implements RateChoice {}

    /** No row is live for any prefix of the number. */
    record Unrated() implements RateChoice {}
}
