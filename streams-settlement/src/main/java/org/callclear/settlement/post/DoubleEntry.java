package org.callclear.settlement.post;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.settlement.price.Booking;
import org.callclear.settlement.price.Cost;
import org.callclear.settlement.price.PricedEntry;
import org.callclear.settlement.price.PricedSide;
import org.jspecify.annotations.Nullable;

/**
 * The double entry of a booking: the originating carrier owes the clearinghouse, the clearinghouse owes the terminating
 * carrier, the difference is the clearinghouse's fee; what is disputed stands on suspense accounts in the same way. A
 * positive amount is owed to the clearinghouse. In each currency the lines of an entry sum to zero; where the two sides
 * have different currencies or periods, the clearinghouse has a line for each.
 */
public final class DoubleEntry {
    /** The clearinghouse's account for its fees. */
    public static final String FEE_ACCOUNT = "clearinghouse:fee";
    /** The clearinghouse's side of what is withheld in disputes. */
    public static final String SUSPENSE_ACCOUNT = "clearinghouse:suspense";
    /** Where payments go to and come from. */
    public static final String BANK_ACCOUNT = "clearinghouse:bank";

    private static final String CARRIER = "carrier:";
    private static final String SUSPENSE = "suspense:";

    private DoubleEntry() {}

    /** The account of a carrier. */
    public static String account(String carrier) {
        return CARRIER + carrier;
    }

    /** The account of what is withheld from a carrier, or by it. */
    public static String suspense(String carrier) {
        return SUSPENSE + carrier;
    }

    /** The carrier whose account it is, its own or that of what is withheld; empty for the clearinghouse's. */
    public static Optional<String> ownerOf(String account) {
        for (String kind : List.of(CARRIER, SUSPENSE)) {
            if (account.startsWith(kind)) {
                return Optional.of(account.substring(kind.length()));
            }
        }
        return Optional.empty();
    }

    /** What an entry goes by on its topic. */
    public static String keyOf(LedgerEntry entry) {
        return entry.getCallId().isEmpty() ? entry.getPostings().get(0).getAccount() : entry.getCallId();
    }

    /** The entries of a booking: what is taken back first, then what takes its place. */
    public static List<LedgerEntry> of(Booking booking) {
        List<LedgerEntry> entries = new ArrayList<>(2);
        write(entries, booking, booking.reversal());
        write(entries, booking, booking.entry());
        return entries;
    }

    /** @param cost behind an amount on a carrier's account; null on the clearinghouse's own */
    private record Line(
            String account,
            PostingKind kind,
            PricedSide side,
            String counterparty,
            BigDecimal amount,
            @Nullable Cost cost) {}

    private static void write(List<LedgerEntry> entries, Booking booking, @Nullable PricedEntry entry) {
        if (entry == null) {
            return;
        }
        List<Line> lines = new ArrayList<>(3);
        settled(lines, entry.origination(), entry.termination());
        withheld(lines, entry.origination(), entry.termination());
        if (lines.isEmpty()) {
            return;
        }
        List<Posting> postings = new ArrayList<>(lines.size());
        for (Line line : lines) {
            postings.add(posting(entry, line));
        }
        entries.add(new LedgerEntry(
                entry.id(),
                entry.kind(),
                entry.refersTo(),
                booking.call().getCallId(),
                booking.call().getLeg(),
                Instant.ofEpochMilli(entry.holds().getRatedAt()),
                booking.cause(),
                booking.commandId(),
                postings));
    }

    private static void settled(List<Line> lines, @Nullable PricedSide owes, @Nullable PricedSide due) {
        BigDecimal owed = amount(owes == null ? null : owes.settled());
        BigDecimal paid = amount(due == null ? null : due.settled());
        if (owes != null && owed != null) {
            lines.add(new Line(
                    account(owes.carrier()), PostingKind.RECEIVABLE, owes, owes.counterparty(), owed, owes.settled()));
        }
        if (due != null && paid != null) {
            lines.add(new Line(
                    account(due.carrier()),
                    PostingKind.PAYABLE,
                    due,
                    due.counterparty(),
                    paid.negate(),
                    due.settled()));
        }
        balance(lines, FEE_ACCOUNT, PostingKind.FEE, owes, owed, due, paid);
    }

    /** What comes to nothing is not withheld. */
    private static void withheld(List<Line> lines, @Nullable PricedSide owes, @Nullable PricedSide due) {
        BigDecimal owed = orNull(amount(owes == null ? null : owes.withheld()));
        BigDecimal paid = orNull(amount(due == null ? null : due.withheld()));
        if (owes != null && owed != null) {
            lines.add(new Line(
                    suspense(owes.carrier()), PostingKind.SUSPENSE, owes, owes.counterparty(), owed, owes.withheld()));
        }
        if (due != null && paid != null) {
            lines.add(new Line(
                    suspense(due.carrier()),
                    PostingKind.SUSPENSE,
                    due,
                    due.counterparty(),
                    paid.negate(),
                    due.withheld()));
        }
        int before = lines.size();
        balance(lines, SUSPENSE_ACCOUNT, PostingKind.SUSPENSE, owes, owed, due, paid);
        lines.subList(before, lines.size()).removeIf(line -> line.amount().signum() == 0);
    }

    private static void balance(
            List<Line> lines,
            String account,
            PostingKind kind,
            @Nullable PricedSide owes,
            @Nullable BigDecimal owed,
            @Nullable PricedSide due,
            @Nullable BigDecimal paid) {
        if (owes != null && owed != null && due != null && paid != null && together(owes, due)) {
            lines.add(new Line(account, kind, owes, owes.carrier(), paid.subtract(owed), null));
            return;
        }
        if (owes != null && owed != null) {
            lines.add(new Line(account, kind, owes, owes.carrier(), owed.negate(), null));
        }
        if (due != null && paid != null) {
            lines.add(new Line(account, kind, due, due.counterparty(), paid, null));
        }
    }

    private static boolean together(PricedSide owes, PricedSide due) {
        return owes.terms().getCurrency().equals(due.terms().getCurrency())
                && owes.placed().period().equals(due.placed().period());
    }

    private static @Nullable BigDecimal amount(@Nullable Cost cost) {
        return cost == null ? null : cost.posted();
    }

    private static @Nullable BigDecimal orNull(@Nullable BigDecimal amount) {
        return amount == null || amount.signum() == 0 ? null : amount;
    }

    private static Posting posting(PricedEntry entry, Line line) {
        long sign = entry.isReversal() ? -1 : 1;
        return new Posting(
                line.account(),
                line.kind(),
                line.counterparty(),
                entry.isReversal() ? line.amount().negate() : line.amount(),
                line.side().terms().getCurrency(),
                line.side().placed().period(),
                line.side().placed().origin(),
                line.cost() == null ? 0 : sign * line.cost().seconds(),
                line.cost() == null ? 0 : sign * line.cost().billedSeconds());
    }
}
