package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The traffic of a period in one currency. In the books each carrier has an account with the clearinghouse only; here that
 * becomes what carriers owe one another: the originating carrier owes the terminating one the price of the termination,
 * and the clearinghouse the fee. Where one side was posted in another currency, the side that is left is owed to the
 * clearinghouse, or by it.
 */
final class Trade {
    private final String currency;
    private final SortedMap<Flow, BigDecimal> receivable;
    private final SortedMap<Flow, BigDecimal> payable;
    private final List<Obligation> obligations = new ArrayList<>();

    /**
     * Sums of postings by account and counterparty.
     *
     * @param adjustments on a side that the account has traffic on: they go with it
     */
    Trade(
            String currency,
            SortedMap<Flow, BigDecimal> receivable,
            SortedMap<Flow, BigDecimal> payable,
            SortedMap<Flow, BigDecimal> adjustments) {
        this.currency = currency;
        this.receivable = new TreeMap<>(receivable);
        this.payable = new TreeMap<>(payable);
        adjustments.forEach(this::adjust);
    }

    /** A posting does not say which side it adjusts; positions are the same whichever it is. */
    private void adjust(Flow flow, BigDecimal amount) {
        boolean paidOnly = !receivable.containsKey(flow) && payable.containsKey(flow);
        (paidOnly ? payable : receivable).merge(flow, amount, BigDecimal::add);
    }

    List<Obligation> obligations() {
        SortedSet<Flow> flows = new TreeSet<>(receivable.keySet());
        payable.keySet().forEach(flow -> flows.add(flow.turned()));
        flows.forEach(this::addFlow);
        return obligations;
    }

    private void addFlow(Flow flow) {
        String originating = flow.account();
        String terminating = flow.counterparty();
        BigDecimal owed = receivable.get(flow);
        BigDecimal due = payable.get(flow.turned());
        if (owed != null && due != null && !originating.equals(terminating)) {
            BigDecimal price = due.negate();
            owe(originating, terminating, price);
            owe(originating, Netting.CLEARINGHOUSE, owed.subtract(price));
            return;
        }
        if (owed != null) {
            owe(originating, Netting.CLEARINGHOUSE, owed);
        }
        if (due != null) {
            owe(terminating, Netting.CLEARINGHOUSE, due);
        }
    }

    private void owe(String debtor, String creditor, BigDecimal amount) {
        if (amount.signum() != 0) {
            obligations.add(new Obligation(debtor, creditor, amount, currency));
        }
    }
}
