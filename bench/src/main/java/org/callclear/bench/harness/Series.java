package org.callclear.bench.harness;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One thing that was measured several times.
 *
 * @param name what it is
 * @param unit of its values
 * @param values one for each run, in the order of the runs
 */
public record Series(String name, String unit, List<Double> values) {
    /** @throws IllegalArgumentException when there are no values */
    public Series {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(name + ": no run");
        }
        values = List.copyOf(values);
    }

    /** The middle value; of an even number the mean of the two in the middle. */
    @JsonProperty
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** The smallest value. */
    @JsonProperty
    public double least() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /** The largest value. */
    @JsonProperty
    public double most() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
