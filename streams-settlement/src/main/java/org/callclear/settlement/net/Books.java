package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.callclear.schemas.avro.LedgerEntry;
import org.callclear.schemas.avro.Posting;
import org.callclear.settlement.net.Span.Place;

/**
 * What the postings say about the period that is netted: who owes whom, what is open from before, what is withheld.
 * Entries may come in any order. Holds sums only, however many postings there are. For one thread.
 *
 * <p>Netting a period gives the same, however late it is asked for: postings of later periods are left out, and so are
 * its own payments, which {@link #settled} shows.
 */
public final class Books {
    private static final String CARRIER = "carrier:";
    private static final String SUSPENSE = "suspense:";

    private final Span netted;
    private final Map<String, Place> places = new HashMap<>();
    private final Sums<Flow> receivable = new Sums<>();
    private final Sums<Flow> payable = new Sums<>();
    private final Sums<Flow> adjustments = new Sums<>();
    private final Sums<String> before = new Sums<>();
    private final Sums<String> withheld = new Sums<>();
    private final Sums<String> settled = new Sums<>();
    private final SortedMap<String, SortedSet<String>> settledLater = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> periods = new TreeMap<>();

    /** Empty books for netting a period. */
    public Books(Span netted) {
        this.netted = netted;
    }

    /** The period that is netted. */
    public Span netted() {
        return netted;
    }

    /**
     * Takes one entry in.
     *
     * @throws IllegalArgumentException when a posting of it is of an unknown kind, or names no period
     */
    public void add(LedgerEntry entry) {
        for (Posting posting : entry.getPostings()) {
            add(entry, posting);
        }
    }

    private void add(LedgerEntry entry, Posting posting) {
        switch (posting.getKind()) {
            case RECEIVABLE -> addFlow(posting, receivable);
            case PAYABLE -> addFlow(posting, payable);
            case ADJUSTMENT -> addFlow(posting, adjustments);
            case SUSPENSE -> addWithheld(posting);
            case SETTLEMENT -> addSettlement(entry, posting);
            case FEE -> {
                // The clearinghouse's share is what the carriers' accounts leave.
            }
            case UNKNOWN_KIND ->
                throw new IllegalArgumentException(
                        "entry " + entry.getEntryId() + ": a posting is of a kind that is not known here");
        }
    }

    private void addFlow(Posting posting, Sums<Flow> sums) {
        Place place = place(posting.getPeriod());
        if (!posting.getAccount().startsWith(CARRIER) || place == Place.AFTER) {
            return;
        }
        String carrier = carrier(posting, CARRIER);
        periods.computeIfAbsent(carrier, none -> new TreeSet<>()).add(posting.getPeriod());
        if (place == Place.BEFORE) {
            before.add(posting.getCurrency(), carrier, posting.getAmount());
        } else {
            sums.add(posting.getCurrency(), new Flow(carrier, posting.getCounterparty()), posting.getAmount());
        }
    }

    private void addWithheld(Posting posting) {
        if (posting.getAccount().startsWith(SUSPENSE) && place(posting.getPeriod()) != Place.AFTER) {
            withheld.add(
                    posting.getCurrency(),
                    carrier(posting, SUSPENSE),
                    posting.getAmount().negate());
        }
    }

    private void addSettlement(LedgerEntry entry, Posting posting) {
        if (!posting.getAccount().startsWith(CARRIER)) {
            return;
        }
        String carrier = carrier(posting, CARRIER);
        String period = SettlementEntry.period(entry);
        if (period.equals(netted.name())) {
            settled.add(posting.getCurrency(), carrier, posting.getAmount());
        } else if (place(period) == Place.AFTER) {
            settledLater
                    .computeIfAbsent(posting.getCurrency(), none -> new TreeSet<>())
                    .add(period);
        } else {
            before.add(posting.getCurrency(), carrier, posting.getAmount());
        }
    }

    private Place place(String period) {
        return places.computeIfAbsent(period, name -> netted.of(Span.of(name)));
    }

    private static String carrier(Posting posting, String kind) {
        String carrier = posting.getAccount().substring(kind.length());
        if (carrier.equals(Netting.CLEARINGHOUSE)) {
            throw new IllegalArgumentException(
                    "account '" + posting.getAccount() + "': no carrier may be named as the clearinghouse");
        }
        return carrier;
    }

    /** Every currency that something is open or withheld in. */
    public SortedSet<String> currencies() {
        SortedSet<String> all = new TreeSet<>();
        List.of(receivable, payable, adjustments).forEach(sums -> all.addAll(sums.currencies()));
        List.of(before, withheld, settled).forEach(sums -> all.addAll(sums.currencies()));
        return all;
    }

    /** Who owes whom in a currency: for this period's calls, and what is open from before. Amounts of 0 are left out. */
    public List<Obligation> obligations(String currency) {
        List<Obligation> obligations = new ArrayList<>(
                new Trade(currency, receivable.in(currency), payable.in(currency), adjustments.in(currency))
                        .obligations());
        before.in(currency).forEach((carrier, amount) -> {
            if (amount.signum() != 0) {
                obligations.add(new Obligation(carrier, Netting.CLEARINGHOUSE, amount, currency));
            }
        });
        return obligations;
    }

    /**
     * What is open from before the period, by carrier: not netted yet, or carried forward. Plus: the carrier is to receive
     * it, minus: it is to pay.
     */
    public SortedMap<String, BigDecimal> broughtForward(String currency) {
        return negated(before.in(currency));
    }

    /** What is withheld in open disputes, by carrier. Plus: it would receive it, minus: it would pay. */
    public SortedMap<String, BigDecimal> withheld(String currency) {
        return withheld.in(currency);
    }

    /** What was paid for this very netting already, by carrier. Plus: the carrier received it, minus: it paid. */
    public SortedMap<String, BigDecimal> settled(String currency) {
        return settled.in(currency);
    }

    /** The periods after this one that are netted already: what this one left open is in their payments. */
    public SortedSet<String> nettedLater(String currency) {
        return Collections.unmodifiableSortedSet(settledLater.getOrDefault(currency, new TreeSet<>()));
    }

    /** The periods that stand on each carrier's account up to this one, by the names they were posted under. */
    public SortedMap<String, SortedSet<String>> periods() {
        return Collections.unmodifiableSortedMap(periods);
    }

    private static SortedMap<String, BigDecimal> negated(SortedMap<String, BigDecimal> amounts) {
        SortedMap<String, BigDecimal> negated = new TreeMap<>();
        amounts.forEach((carrier, amount) -> negated.put(carrier, amount.negate()));
        return negated;
    }
}
