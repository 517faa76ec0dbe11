package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.callclear.schemas.rating.Billing;

/**
 * Payments in one currency.
 *
 * @param list in the order they were made up
 */
public record Payments(List<Payment> list) {
    private static final Comparator<Open> LARGEST_FIRST =
            Comparator.comparing(Open::amount).reversed().thenComparing(Open::participant);

    /** Copies the list. */
    public Payments {
        list = List.copyOf(list);
    }

    /** What all of them come to. */
    public BigDecimal total() {
        return list.stream()
                .map(Payment::amount)
                .reduce(BigDecimal.ZERO.setScale(Billing.POSTING_SCALE), BigDecimal::add);
    }

    /**
     * Payments that settle positions: again and again the largest debtor pays the largest creditor what both can, ties by
     * name. At most one payment fewer than there are participants, and no more money than the creditors are to have.
     *
     * @param positions plus: receives, minus: pays; the sum is 0
     * @throws IllegalArgumentException when it is not
     */
    static Payments settling(Map<String, BigDecimal> positions) {
        requireZero(positions);
        Queue<Open> debtors = new PriorityQueue<>(LARGEST_FIRST);
        Queue<Open> creditors = new PriorityQueue<>(LARGEST_FIRST);
        positions.forEach((participant, position) -> {
            if (position.signum() != 0) {
                (position.signum() < 0 ? debtors : creditors).add(new Open(participant, position.abs()));
            }
        });
        List<Payment> payments = new ArrayList<>();
        while (!debtors.isEmpty()) {
            Open debtor = debtors.remove();
            Open creditor = creditors.remove();
            BigDecimal amount = debtor.amount().min(creditor.amount());
            payments.add(new Payment(debtor.participant(), creditor.participant(), amount));
            debtor.without(amount, debtors);
            creditor.without(amount, creditors);
        }
        return new Payments(payments);
    }

    /** @throws IllegalArgumentException when the sum of the positions is not 0 */
    static void requireZero(Map<String, BigDecimal> positions) {
        BigDecimal sum = positions.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.signum() != 0) {
            throw new IllegalArgumentException("positions sum to " + sum.toPlainString() + ", not to 0");
        }
    }

    /** What a participant still has to pay or to receive. */
    private record Open(String participant, BigDecimal amount) {
        void without(BigDecimal paid, Queue<Open> open) {
            if (amount.compareTo(paid) > 0) {
                open.add(new Open(participant, amount.subtract(paid)));
            }
        }
    }
}
