package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.callclear.schemas.rating.Billing;

/** Sets obligations off against one another. The order of the obligations makes no difference. */
public final class Netting {
    /** The name of the clearinghouse among the participants. No carrier may have it. */
    public static final String CLEARINGHOUSE = "clearinghouse";

    private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(Billing.POSTING_SCALE);
    private static final Comparator<Payment> BY_NAMES =
            Comparator.comparing(Payment::from).thenComparing(Payment::to);

    private Netting() {}

    /** The result in each currency that occurs, by currency. Two currencies are never added. */
    public static SortedMap<String, NettingResult> of(Collection<Obligation> obligations) {
        SortedMap<String, NettingResult> results = new TreeMap<>();
        obligations.stream()
                .map(Obligation::currency)
                .distinct()
                .forEach(currency -> results.put(currency, in(currency, obligations)));
        return results;
    }

    /** The result in one currency; obligations in others are left out. */
    public static NettingResult in(String currency, Collection<Obligation> obligations) {
        List<Obligation> own = obligations.stream()
                .filter(obligation -> obligation.currency().equals(currency))
                .toList();
        SortedMap<String, BigDecimal> positions = positions(own);
        return new NettingResult(
                currency,
                own.size(),
                own.stream().map(Obligation::amount).reduce(NOTHING, BigDecimal::add),
                bilateral(own),
                positions,
                Payments.settling(positions));
    }

    private static SortedMap<String, BigDecimal> positions(List<Obligation> obligations) {
        SortedMap<String, BigDecimal> positions = new TreeMap<>();
        for (Obligation obligation : obligations) {
            positions.merge(obligation.debtor(), obligation.amount().negate(), BigDecimal::add);
            positions.merge(obligation.creditor(), obligation.amount(), BigDecimal::add);
        }
        return positions;
    }

    private static Payments bilateral(List<Obligation> obligations) {
        SortedMap<Pair, BigDecimal> owed = new TreeMap<>();
        for (Obligation obligation : obligations) {
            Pair pair = Pair.of(obligation);
            boolean forward = pair.first().equals(obligation.debtor());
            owed.merge(pair, forward ? obligation.amount() : obligation.amount().negate(), BigDecimal::add);
        }
        return new Payments(owed.entrySet().stream()
                .filter(pair -> pair.getValue().signum() != 0)
                .map(pair -> pair.getKey().payment(pair.getValue()))
                .sorted(BY_NAMES)
                .toList());
    }

    /** Two participants, by name. */
    private record Pair(String first, String second) implements Comparable<Pair> {
        static Pair of(Obligation obligation) {
            boolean inOrder = obligation.debtor().compareTo(obligation.creditor()) < 0;
            return inOrder
                    ? new Pair(obligation.debtor(), obligation.creditor())
                    : new Pair(obligation.creditor(), obligation.debtor());
        }

        /** What evens them out when the first owes the second so much. */
        Payment payment(BigDecimal owed) {
            return owed.signum() > 0 ? new Payment(first, second, owed) : new Payment(second, first, owed.negate());
        }

        @Override
        public int compareTo(Pair other) {
            int byFirst = first.compareTo(other.first);
            return byFirst != 0 ? byFirst : second.compareTo(other.second);
        }
    }
}
