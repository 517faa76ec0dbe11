package org.callclear.bench.steady;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of metrics in the text form of Prometheus, as far as it tells numbers. */
final class Page {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)(?: .*)?");

    private final List<Sample> samples;

    private record Sample(String name, String labels, double value) {
        String label(String wanted) {
            Matcher label =
                    Pattern.compile("(?:^|,)" + wanted + "=\"([^\"]*)\"").matcher(labels);
            return label.find() ? label.group(1) : "";
        }
    }

    private Page(List<Sample> samples) {
        this.samples = samples;
    }

    static Page read(String text) {
        return new Page(text.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(line ->
                        new Sample(line.group(1), line.group(2) == null ? "" : line.group(2), number(line.group(3))))
                .toList());
    }

    /** {@code NaN} and infinities too. */
    private static double number(String text) {
        return Double.parseDouble(text.replace("Inf", "Infinity"));
    }

    /** The sum over all of that name that are numbers; not a number when none is. */
    double sum(String name) {
        return sumBy(name, "").getOrDefault("", Double.NaN);
    }

    /** The sums by a label's value, of those that are numbers; a value without any is not in it. */
    Map<String, Double> sumBy(String name, String label) {
        Map<String, Double> sums = new TreeMap<>();
        for (Sample sample : samples) {
            if (sample.name.equals(name) && !Double.isNaN(sample.value)) {
                sums.merge(label.isEmpty() ? "" : sample.label(label), sample.value, Double::sum);
            }
        }
        return sums;
    }
}
