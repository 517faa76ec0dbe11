package org.callclear.bench.sql;

import org.callclear.bench.books.Ledger;

/**
 * What one run in a database took, and what came out.
 *
 * @param copyNanos to load the files
 * @param analyzeNanos to look at what was loaded; 0 where a database does so by itself
 * @param sumNanos to dedupe, join, price and add up
 */
public record Batch(long copyNanos, long analyzeNanos, long sumNanos, Ledger ledger) {
    /** All three together, ns. */
    public long nanos() {
        return copyNanos + analyzeNanos + sumNanos;
    }
}
