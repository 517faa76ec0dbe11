package org.callclear.bench.child;

/**
 * Once through the journal.
 *
 * @param records of the journal that were read; 0 where they are not counted
 * @param nanos from the start of consumption to the end
 * @param startMillis from the start of the client to the start of consumption
 * @param use what it took
 */
public record Pass(long records, long nanos, long startMillis, Use use) {
    private static final double NANOS = 1e9;

    /** So many CDRs in that time, in CDRs a second. */
    public long rate(long cdrs) {
        return Math.round(cdrs / (nanos / NANOS));
    }
}
