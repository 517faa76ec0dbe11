package org.callclear.app.reference;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.callclear.app.reference.DeckDraft.Placed;
import org.callclear.schemas.avro.IncrementAnchor;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.callclear.schemas.rating.RateChoice;
import org.callclear.schemas.rating.RateDeck;

/**
 * Whether a new revision makes a call dearer sooner than was agreed. What a call costs without it is what the revision in
 * force chooses for the prefix, at each instant from the row's {@code valid_from} until the notice is over. A prefix that had no
 * price, or was blocked, cannot become dearer; a row that blocks is no increase.
 */
final class DeckNotice {
    private final DeckDraft draft;
    private final RateDeck inForce;
    private final DeckTerms terms;
    private final Instant importedAt;
    private final Instant over;
    private final List<Fault> faults;

    /** @param faults takes what is found */
    DeckNotice(DeckDraft draft, RateDeck inForce, DeckTerms terms, Instant importedAt, List<Fault> faults) {
        this.draft = draft;
        this.inForce = inForce;
        this.terms = terms;
        this.importedAt = importedAt;
        this.over = importedAt.plus(Duration.ofDays(terms.noticeDays()));
        this.faults = faults;
    }

    /** Compares the file's rows. */
    void check(List<Placed> rows) {
        for (Placed placed : rows) {
            if (placed.isOfFile() && placed.rate().getStatus() == RateStatus.ACTIVE_RATE) {
                check(placed);
            }
        }
    }

    private void check(Placed placed) {
        RateRow row = placed.rate();
        Instant end = row.getValidTo() != null && row.getValidTo().isBefore(over) ? row.getValidTo() : over;
        Optional<Instant> at = Optional.of(row.getValidFrom()).filter(from -> from.isBefore(end));
        while (at.isPresent()) {
            if (inForce.choose(row.getPrefix(), at.get()) instanceof RateChoice.Rated before
                    && isDearer(placed, before)) {
                return;
            }
            at = inForce.nextChange(row.getPrefix(), at.get()).filter(next -> next.isBefore(end));
        }
    }

    private boolean isDearer(Placed placed, RateChoice.Rated before) {
        RateRow now = placed.rate();
        RateRow then = before.row();
        int found = faults.size();
        if (now.getRatePerMinute().compareTo(then.getRatePerMinute()) > 0) {
            add(placed, before, "rate_per_minute", text(now.getRatePerMinute()), text(then.getRatePerMinute()));
        }
        if (now.getConnectFee().compareTo(then.getConnectFee()) > 0) {
            add(placed, before, "connect_fee", text(now.getConnectFee()), text(then.getConnectFee()));
        }
        if (now.getRatePerMinute().signum() > 0 && hasDearerSteps(now, then, terms.anchors())) {
            String field = now.getInitialSeconds() > then.getInitialSeconds() ? "initial_seconds" : "increment_seconds";
            String value = Integer.toString(
                    now.getInitialSeconds() > then.getInitialSeconds()
                            ? now.getInitialSeconds()
                            : now.getIncrementSeconds());
            add(placed, before, field, value, then.getInitialSeconds() + "/" + then.getIncrementSeconds());
        }
        return faults.size() > found;
    }

    private static String text(java.math.BigDecimal amount) {
        return ReferenceExport.plain(amount);
    }

    private void add(Placed placed, RateChoice.Rated before, String field, String value, String then) {
        faults.add(draft.fault(
                placed,
                field,
                value,
                "is an increase inside the notice: the row " + before.row().getPrefix() + " of revision "
                        + before.deckRevision() + " has " + then + ", and " + terms.noticeDays()
                        + " days' notice end at " + ReferenceExport.instant(over)));
    }

    /** Whether some call is billed for more seconds than before, under one of the anchors. */
    static boolean hasDearerSteps(RateRow now, RateRow then, Set<IncrementAnchor> anchors) {
        return anchors.stream().anyMatch(anchor -> !bills(now, then.getInitialSeconds(), anchor))
                || then.getIncrementSeconds() % now.getIncrementSeconds() != 0;
    }

    /**
     * Whether a call may be billed for just so many seconds. No call becomes dearer if all that could be billed before still
     * can: each call is billed for the least of them that covers it.
     */
    private static boolean bills(RateRow row, int seconds, IncrementAnchor anchor) {
        int past = seconds - row.getInitialSeconds();
        return past == 0
                || (past > 0
                        && switch (anchor) {
                            case AFTER_INITIAL -> past % row.getIncrementSeconds() == 0;
                            case FROM_ZERO -> seconds % row.getIncrementSeconds() == 0;
                        });
    }

    /**
     * Finds prefixes that the new revision leaves out and that thereby fall to a shorter and dearer one at once.
     *
     * @param rows of the new revision, in {@link Placed#ORDER}
     */
    void checkLeftOut(List<Placed> rows, RateDeck next) {
        Set<String> kept = new java.util.HashSet<>();
        rows.forEach(placed -> kept.add(placed.rate().getPrefix()));
        inForce.forEachRow(row -> {
            if (!kept.contains(row.getPrefix())
                    && inForce.choose(row.getPrefix(), importedAt) instanceof RateChoice.Rated before
                    && before.isFor(row.getPrefix(), row.getValidFrom())
                    && next.choose(row.getPrefix(), importedAt) instanceof RateChoice.Rated after) {
                RateRow now = after.row();
                if (isMore(now, row)) {
                    addLeftOut(rows, now, before);
                }
            }
        });
    }

    private boolean isMore(RateRow now, RateRow then) {
        return now.getRatePerMinute().compareTo(then.getRatePerMinute()) > 0
                || now.getConnectFee().compareTo(then.getConnectFee()) > 0
                || (now.getRatePerMinute().signum() > 0 && hasDearerSteps(now, then, terms.anchors()));
    }

    private void addLeftOut(List<Placed> rows, RateRow now, RateChoice.Rated before) {
        int place = java.util.Collections.binarySearch(rows, new Placed(now, Long.MAX_VALUE), Placed.ORDER);
        Placed placed = rows.get(-place - 2);
        faults.add(draft.fault(
                placed,
                "prefix",
                now.getPrefix(),
                "is an increase inside the notice: it prices " + before.row().getPrefix()
                        + " too, which is left out and was cheaper in revision " + before.deckRevision() + "; "
                        + terms.noticeDays() + " days' notice end at " + ReferenceExport.instant(over)));
    }
}
