package org.callclear.bench.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is asked of a measurement, and what came out.
 *
 * @param what in words
 * @param value that was measured
 * @param bound that it must keep
 * @param isMost whether the bound is the most it may be; else it is the least
 */
public record Asked(String what, double value, double bound, boolean isMost) {
    private static final int GROUPED_FROM = 1000;

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

    /** The lines of a Markdown table of them. */
    public static List<String> table(List<Asked> asked) {
        List<String> lines = new ArrayList<>(List.of("| asked | bound | measured | |", "| --- | ---: | ---: | --- |"));
        for (Asked one : asked) {
            lines.add("| "
                    + String.join(
                            " | ",
                            one.what,
                            (one.isMost ? "at most " : "at least ") + number(one.bound),
                            number(one.value),
                            one.isMet() ? "met" : "MISSED")
                    + " |");
        }
        return lines;
    }

    static String number(double value) {
        return Math.abs(value) >= GROUPED_FROM
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
