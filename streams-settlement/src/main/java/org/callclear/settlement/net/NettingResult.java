package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One currency, set off in both ways. All amounts are exact, nothing is rounded; see {@link PaymentRun} for what is paid.
 *
 * @param currency ISO 4217
 * @param obligations how many there were
 * @param gross the sum of all obligations
 * @param bilateral one payment for each pair that is not even, by debtor and creditor
 * @param positions of every participant, by name; plus: receives, minus: pays; the sum is 0
 * @param multilateral payments that settle the positions directly; through the clearinghouse, each participant pays or
 *     receives its position
 */
public record NettingResult(
        String currency,
        int obligations,
        BigDecimal gross,
        Payments bilateral,
        SortedMap<String, BigDecimal> positions,
        Payments multilateral) {

    /** Copies the positions. */
    public NettingResult {
        positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
    }

    /** What pairs save that set off between themselves. */
    public Saving bilateralSaving() {
        return Saving.of(gross, bilateral.total());
    }

    /** What all save that set off together. */
    public Saving multilateralSaving() {
        return Saving.of(gross, multilateral.total());
    }
}
