package org.callclear.bench.sip;

import java.util.List;

/**
 * Calls before those that count. Two cores that are full leave Java's compilers a fifth of one: code that is not compiled yet
 * keeps them full, and calls that fail then are sent again. So most of the time there are few calls; then more and more.
 */
public final class WarmUp {
    private static final List<Step> STEPS =
            List.of(new Step(12, 60), new Step(33, 20), new Step(67, 10), new Step(100, 10));

    /** Both in percent of the whole. */
    private record Step(int rate, int time) {}

    private WarmUp() {}

    /** What was done, in words. */
    public static String words(int rate, int seconds) {
        return seconds + " s, most of them at " + part(rate, STEPS.getFirst().rate()) + " calls/s, then rising to "
                + rate;
    }

    /** Makes calls for so many seconds, and says how they went. */
    public static void run(Sipp sipp, Way way, int rate, int seconds) {
        for (Step step : STEPS) {
            int calls = part(rate, step.rate());
            Sipp.Run run = sipp.run(way, calls, part(seconds, step.time()), false);
            System.err.println("bench: warm-up at " + calls + "/s: " + run.words());
        }
    }

    private static int part(int whole, int percent) {
        return Math.max(1, whole * percent / 100);
    }
}
