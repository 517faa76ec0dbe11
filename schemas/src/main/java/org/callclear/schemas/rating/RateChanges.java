package org.callclear.schemas.rating;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.callclear.schemas.avro.RateChange;

/** Where the rate of a number changes while a call may last. */
final class RateChanges {
    private RateChanges() {}

    /**
     * The changes after an instant and before another, by time, each to another rate than the one before. While no row
     * holds, or a blocked one, the earlier rate goes on.
     *
     * @param rate a minute, at the first instant
     */
    static List<RateChange> after(Instant from, BigDecimal rate, Instant to, Asked asked) {
        List<RateChange> changes = new ArrayList<>();
        BigDecimal inForce = rate;
        Optional<Instant> next = asked.nextChange(from);
        while (next.isPresent() && next.get().isBefore(to)) {
            if (asked.choose(next.get()) instanceof RateChoice.Rated rated
                    && rated.ratePerMinute().compareTo(inForce) != 0) {
                inForce = rated.ratePerMinute();
                changes.add(new RateChange(next.get(), inForce, rated.row().getPrefix()));
            }
            next = asked.nextChange(next.get());
        }
        return changes;
    }

    /** A deck, asked about one number. */
    record Asked(RateDeck deck, String digits) {
        RateChoice choose(Instant at) {
            return deck.choose(digits, at);
        }

        Optional<Instant> nextChange(Instant after) {
            return deck.nextChange(digits, after);
        }
    }
}
