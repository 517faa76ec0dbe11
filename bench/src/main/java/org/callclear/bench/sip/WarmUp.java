package org.callclear.bench.sip;

import java.util.List;

/**
 * Calls before those that count. Two cores that are full leave Java's compilers a fifth of one: code that is not compiled yet
 * keeps them full, and calls that fail then are sent again. So most of the time there are few calls; then more and more.
 */
public final class WarmUp {
    private static final List<Step> STEPS =
            List.of(new Step(0.125, 0.6), new Step(0.33, 0.2), new Step(0.67, 0.1), new Step(1, 0.1));

    /** Both as a part of the whole. */
    private record Step(double rate, double time) {}

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

    private static int part(int whole, double part) {
        return Math.max(1, (int) Math.round(whole * part));
    }
}
