package org.callclear.app.reference;

import java.time.Duration;
import java.time.Instant;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.rating.RateChoice;
import org.callclear.schemas.rating.RateDeck;
import org.jspecify.annotations.Nullable;

/**
 * Finds times for which a whole file takes a price away. Usage records are priced by the latest revision, as of their answer, and
 * come up to 400 days late: a price of the past that is not in the file any more is one that nobody would be paid. So is
 * one of the future that comes back later. A price that ends for good is no fault, as long as what is over stays told.
 */
final class DeckHistory {
    /** How late intake still takes a report. */
    private static final Duration REMEMBERED = Duration.ofDays(400);

    private static final int LONGEST = 15;

    private final RateDeck before;
    private final RateDeck next;
    private final Instant at;
    private @Nullable NavigableSet<String> prefixes;

    /** @param at the moment of the import */
    DeckHistory(RateDeck before, RateDeck next, Instant at) {
        this.before = before;
        this.next = next;
        this.at = at;
    }

    /** A time in which a prefix had a price and would have none. */
    record Lost(String prefix, Instant from, Instant to) {}

    interface Losses {
        void take(Lost lost);
    }

    /** Everything that is lost, of each prefix the first time only. */
    void find(Losses losses) {
        String[] last = {""};
        before.forEachRow(row -> {
            if (!row.getPrefix().equals(last[0])) {
                last[0] = row.getPrefix();
                Lost lost = lost(row.getPrefix());
                if (lost != null) {
                    losses.take(lost);
                }
            }
        });
    }

    private @Nullable Lost lost(String prefix) {
        Lost open = null;
        Instant from = at.minus(REMEMBERED);
        while (from != null) {
            Instant to = nextChange(prefix, from);
            if (losesAt(prefix, from)) {
                if (from.isBefore(at)) {
                    return new Lost(prefix, from, to == null ? at : to);
                }
                open = open == null ? new Lost(prefix, from, from) : open;
            } else if (open != null && isPriced(prefix, from)) {
                return new Lost(prefix, open.from(), from);
            } else if (open != null) {
                open = null; // The old price would have ended here too.
            }
            from = to;
        }
        return null;
    }

    private boolean losesAt(String prefix, Instant instant) {
        return before.choose(prefix, instant) instanceof RateChoice.Rated && !isPriced(prefix, instant);
    }

    /** Whether every number that begins so is told something, by a row for all of them or by longer ones. */
    private boolean isPriced(String digits, Instant instant) {
        if (!(next.choose(digits, instant) instanceof RateChoice.Unrated)) {
            return true;
        }
        if (digits.length() == LONGEST || !hasLonger(digits)) {
            return false;
        }
        for (char digit = '0'; digit <= '9'; digit++) {
            if (!isPriced(digits + digit, instant)) {
                return false;
            }
        }
        return true;
    }

    private boolean hasLonger(String digits) {
        return longer(digits).findFirst().isPresent();
    }

    /** The new deck's prefixes that begin so. */
    private Stream<String> longer(String digits) {
        if (prefixes == null) {
            NavigableSet<String> all = new TreeSet<>();
            next.forEachRow((RateRow row) -> all.add(row.getPrefix()));
            prefixes = all;
        }
        return prefixes.tailSet(digits, false).stream().takeWhile(prefix -> prefix.startsWith(digits));
    }

    /**
     * The next instant at which either deck may say something else, or the moment of the import. Longer prefixes of the new
     * deck count only where they would have to stand in for this one.
     */
    private @Nullable Instant nextChange(String prefix, Instant after) {
        boolean standIn = before.choose(prefix, after) instanceof RateChoice.Rated
                && next.choose(prefix, after) instanceof RateChoice.Unrated;
        Stream<Optional<Instant>> longer =
                standIn ? longer(prefix).map(digits -> next.nextChange(digits, after)) : Stream.empty();
        Stream<Optional<Instant>> own = Stream.of(
                before.nextChange(prefix, after),
                next.nextChange(prefix, after),
                Optional.of(at).filter(moment -> moment.isAfter(after)));
        return Stream.concat(own, longer)
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(null);
    }
}
