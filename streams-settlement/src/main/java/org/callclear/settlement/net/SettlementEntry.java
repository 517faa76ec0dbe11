package org.callclear.settlement.net;

import org.callclear.schemas.avro.LedgerEntry;

/** The name of an entry for a payment: settlement, slash, period, slash, currency, slash, carrier. */
final class SettlementEntry {
    private static final String PREFIX = "settlement/";

    private SettlementEntry() {}

    /**
     * The period that was netted, which need not be the one the payment is posted to.
     *
     * @throws IllegalArgumentException when the entry is named otherwise
     */
    static String period(LedgerEntry settlement) {
        String entry = settlement.getEntryId();
        // A zone in the period's name may have slashes of its own, the parts after it have none.
        String rest = entry.startsWith(PREFIX) ? entry.substring(PREFIX.length()) : "";
        int carrier = rest.lastIndexOf('/');
        int currency = carrier < 0 ? -1 : rest.lastIndexOf('/', carrier - 1);
        if (currency <= 0) {
            throw new IllegalArgumentException("entry " + entry + ": names no period that was netted");
        }
        return rest.substring(0, currency);
    }
}
