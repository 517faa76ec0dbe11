package org.callclear.settlement.stages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.settlement.reconcile.TermsBook;

/** A book of terms in a store. One object stands for all equal terms, so that what is worked out of it can be remembered by it. */
final class StoredTerms implements TermsBook {
    /** Objects met before, so that the same one need not be compared again; readers give one object for equal terms. */
    private static final int MOST_MET = 100_000;

    private final KeyValueStore<Long, SpecificRecord> store;
    private final Map<Integer, List<Long>> byHash = new HashMap<>();
    private final List<RateTerms> byNumber = new ArrayList<>();
    private final Map<RateTerms, Long> met = new IdentityHashMap<>();

    StoredTerms(KeyValueStore<Long, SpecificRecord> store) {
        this.store = store;
        Map<Long, RateTerms> known = new HashMap<>();
        try (KeyValueIterator<Long, SpecificRecord> all = store.all()) {
            all.forEachRemaining(entry -> known.put(entry.key, (RateTerms) entry.value));
        }
        for (long number = 1; number <= known.size(); number++) {
            remember(number, Objects.requireNonNull(known.get(number), "terms are numbered without gaps"));
        }
    }

    @Override
    public long numberOf(RateTerms terms) {
        Long known = met.get(terms);
        if (known != null) {
            return known;
        }
        long number = find(terms);
        if (met.size() >= MOST_MET) {
            met.clear();
        }
        met.put(terms, number);
        return number;
    }

    private long find(RateTerms terms) {
        for (long number : byHash.getOrDefault(hash(terms), List.of())) {
            if (same(byNumber.get((int) number - 1), terms)) {
                return number;
            }
        }
        long number = byNumber.size() + 1L;
        store.put(number, terms);
        remember(number, terms);
        return number;
    }

    @Override
    public RateTerms terms(long number) {
        if (number < 1 || number > byNumber.size()) {
            throw new IllegalArgumentException("no terms have the number " + number);
        }
        return byNumber.get((int) number - 1);
    }

    private void remember(long number, RateTerms terms) {
        byNumber.add(terms);
        byHash.computeIfAbsent(hash(terms), hash -> new ArrayList<>(1)).add(number);
    }

    private static int hash(RateTerms terms) {
        int hash = terms.getContract().hashCode();
        hash = 31 * hash + terms.getPrefix().hashCode();
        hash = 31 * hash + Long.hashCode(terms.getDeckRevision());
        hash = 31 * hash + Long.hashCode(terms.getContractRevision());
        return 31 * hash + terms.getRatePerMinute().hashCode();
    }

    private static boolean same(RateTerms one, RateTerms other) {
        return samePlace(one, other) && samePrice(one, other) && sameRounding(one, other);
    }

    private static boolean samePlace(RateTerms one, RateTerms other) {
        return one.getContract().equals(other.getContract())
                && one.getContractRevision() == other.getContractRevision()
                && one.getDeck().equals(other.getDeck())
                && one.getDeckRevision() == other.getDeckRevision()
                && one.getPrefix().equals(other.getPrefix())
                && one.getDestination().equals(other.getDestination())
                && one.getCurrency().equals(other.getCurrency())
                && one.getPeriodLength() == other.getPeriodLength()
                && one.getPeriodZone().equals(other.getPeriodZone());
    }

    private static boolean samePrice(RateTerms one, RateTerms other) {
        return one.getRatePerMinute().equals(other.getRatePerMinute())
                && one.getInitialSeconds() == other.getInitialSeconds()
                && one.getIncrementSeconds() == other.getIncrementSeconds()
                && one.getConnectFee().equals(other.getConnectFee())
                && one.getFreeSeconds() == other.getFreeSeconds()
                && one.getFreeSecondsRule() == other.getFreeSecondsRule()
                && one.getMinimumCharge().equals(other.getMinimumCharge())
                && one.getAttemptFee().equals(other.getAttemptFee())
                && one.getRateChanges().equals(other.getRateChanges());
    }

    private static boolean sameRounding(RateTerms one, RateTerms other) {
        return one.getDurationRounding() == other.getDurationRounding()
                && one.getIncrementAnchor() == other.getIncrementAnchor()
                && one.getRoundingLevel() == other.getRoundingLevel()
                && one.getRoundingRule() == other.getRoundingRule()
                && one.getRoundingScale() == other.getRoundingScale();
    }
}
