package org.callclear.settlement.price;

import java.math.BigDecimal;
import org.callclear.schemas.avro.EntryKind;
import org.callclear.schemas.avro.FileEntry;
import org.callclear.schemas.avro.PricedLeg;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.Role;
import org.callclear.settlement.reconcile.Finding;
import org.callclear.settlement.reconcile.Placed;
import org.callclear.settlement.reconcile.Standing;
import org.jspecify.annotations.Nullable;

/** Prices what changed, by the terms that came with it, never by a later look-up. */
public final class Pricing {
    private static final long NONE = -1;

    private Pricing() {}

    /** The change with the prices of what is taken back and of what takes its place. */
    public static Booking priced(Finding.Changed changed) {
        Standing before = changed.before();
        Standing after = changed.after();
        PricedEntry reversal =
                before == null ? null : entry(before, changed.reversalId(), EntryKind.REVERSAL, before.entryId());
        PricedEntry entry = after == null
                ? null
                : entry(
                        after,
                        after.entryId(),
                        before == null ? EntryKind.ENTRY : EntryKind.REPLACEMENT,
                        before == null ? "" : before.entryId());
        ReconciledCall call = entry == null ? changed.call() : priced(changed.call(), entry);
        return new Booking(call, reversal, entry, changed.cause(), changed.commandId());
    }

    private static PricedEntry entry(Standing standing, String id, EntryKind kind, String refersTo) {
        FileEntry holds = standing.entry();
        return new PricedEntry(
                id,
                kind,
                refersTo,
                holds,
                side(holds, Role.ORIGINATING, standing.origination(), standing.owedIn()),
                side(holds, Role.TERMINATING, standing.termination(), standing.dueIn()));
    }

    private static @Nullable PricedSide side(
            FileEntry holds, Role role, @Nullable RateTerms terms, @Nullable Placed placed) {
        if (terms == null || placed == null) {
            return null;
        }
        boolean originating = role == Role.ORIGINATING;
        Cost settled = settled(holds, terms);
        return new PricedSide(
                role,
                originating ? holds.getOriginatingCarrier() : holds.getTerminatingCarrier(),
                originating ? holds.getTerminatingCarrier() : holds.getOriginatingCarrier(),
                terms,
                placed,
                settled,
                withheld(holds, terms, settled));
    }

    private static @Nullable Cost settled(FileEntry holds, RateTerms terms) {
        if (holds.getAttempt()) {
            return Cost.ofAttempt(terms);
        }
        return holds.getSettledMillis() == NONE
                ? null
                : Cost.ofCall(holds.getSettledMillis(), holds.getRatedAt(), terms);
    }

    private static @Nullable Cost withheld(FileEntry holds, RateTerms terms, @Nullable Cost settled) {
        if (holds.getClaimedMillis() == NONE) {
            return null;
        }
        Cost claimed = Cost.ofCall(holds.getClaimedMillis(), holds.getRatedAt(), terms);
        return settled == null ? claimed : claimed.minus(settled);
    }

    private static ReconciledCall priced(ReconciledCall call, PricedEntry entry) {
        return new ReconciledCall(
                call.getCallId(),
                call.getLeg(),
                call.getTransactionId(),
                call.getOriginatingCarrier(),
                call.getTerminatingCarrier(),
                call.getCalled(),
                call.getReconciliation(),
                call.getAnsweredAt(),
                call.getOriginatingMillis(),
                call.getTerminatingMillis(),
                call.getSettledMillis(),
                call.getPeriod(),
                leg(entry.origination()),
                leg(entry.termination()),
                call.getRevision(),
                call.getEntryId(),
                call.getCause(),
                call.getClaimedMillis(),
                call.getAttempt(),
                call.getIrregularities());
    }

    private static @Nullable PricedLeg leg(@Nullable PricedSide side) {
        if (side == null || side.settled() == null) {
            return null;
        }
        Cost cost = side.settled();
        return new PricedLeg(
                cost.billedSeconds(),
                new BigDecimal(cost.exact().units()),
                cost.posted(),
                side.terms().getCurrency(),
                side.terms());
    }
}
