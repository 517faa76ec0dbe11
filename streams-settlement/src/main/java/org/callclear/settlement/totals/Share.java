package org.callclear.settlement.totals;

import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.LineKind;
import org.callclear.schemas.avro.LineName;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.settlement.price.Booking;
import org.callclear.settlement.price.Cost;
import org.callclear.settlement.price.PricedEntry;
import org.callclear.settlement.price.PricedSide;
import org.jspecify.annotations.Nullable;

/**
 * What one booking adds to a statement line.
 *
 * @param kind what it is
 * @param side whose, and in which period
 * @param reconciliation for what is withheld: the class of the dispute; else null
 * @param sums to be added; negative where something is taken back
 */
public record Share(
        LineKind kind, PricedSide side, @Nullable ReconciliationClass reconciliation, Sums sums) {
    /** All that a booking adds, up to two lines on each side for what is taken back and for what takes its place. */
    public static List<Share> of(Booking booking) {
        List<Share> shares = new ArrayList<>(4);
        add(shares, booking.reversal());
        add(shares, booking.entry());
        return shares;
    }

    /** The line it belongs to. */
    public LineName line() {
        RateTerms terms = side.terms();
        return new LineName(
                side.placed().period(),
                side.carrier(),
                kind,
                side.role(),
                side.counterparty(),
                terms.getDestination(),
                terms.getPrefix(),
                terms.getRatePerMinute(),
                terms.getCurrency(),
                terms.getRoundingLevel(),
                terms.getRoundingRule(),
                terms.getRoundingScale(),
                terms.getContract() + "@" + terms.getContractRevision(),
                terms.getDeck() + "@" + terms.getDeckRevision(),
                side.placed().day(),
                side.placed().origin(),
                reconciliation);
    }

    private static void add(List<Share> shares, @Nullable PricedEntry entry) {
        if (entry != null) {
            add(shares, entry, entry.origination());
            add(shares, entry, entry.termination());
        }
    }

    private static void add(List<Share> shares, PricedEntry entry, @Nullable PricedSide side) {
        if (side == null) {
            return;
        }
        LineKind kind = entry.holds().getAttempt() ? LineKind.ATTEMPTS : LineKind.CALLS;
        add(shares, entry, side, kind, side.settled());
        add(shares, entry, side, LineKind.DISPUTED, side.withheld());
    }

    private static void add(
            List<Share> shares, PricedEntry entry, PricedSide side, LineKind kind, @Nullable Cost cost) {
        if (cost != null) {
            Sums sums = Sums.of(cost);
            ReconciliationClass found =
                    kind == LineKind.DISPUTED ? entry.holds().getReconciliation() : null;
            shares.add(new Share(kind, side, found, entry.isReversal() ? sums.negated() : sums));
        }
    }
}
