package org.callclear.bench.harness;

/**
 * What is asked of a measurement, and what came out.
 *
 * @param what in words
 * @param value that was measured
 * @param bound that it must keep
 * @param isMost whether the bound is the most it may be; else it is the least
 */
public record Asked(String what, double value, double bound, boolean isMost) {
    /** At least so much. */
    public static Asked atLeast(String what, double value, double bound) {
        return new Asked(what, value, bound, false);
    }

    /** At most so much. */
    public static Asked atMost(String what, double value, double bound) {
        return new Asked(what, value, bound, true);
    }

    /** Whether the bound is kept. */
    public boolean isMet() {
        return isMost ? value <= bound : value >= bound;
    }
}
