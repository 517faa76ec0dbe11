package org.callclear.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What was measured under one name.
 *
 * @param name says what ran
 * @param atLeast the rate it must sustain, CDRs a second; 0 where nothing is asked of it
 * @param runs in the order they ran
 */
public record Figure(String name, long atLeast, List<Run> runs) {
    /** Nothing yet. */
    public static Figure named(String name, long atLeast) {
        return new Figure(name, atLeast, new ArrayList<>());
    }

    /** The middle rate; of an even number of runs the lower of the two in the middle. */
    public long median() {
        List<Long> rates = runs.stream().map(Run::rate).sorted().toList();
        return rates.isEmpty() ? 0 : rates.get((rates.size() - 1) / 2);
    }
}
