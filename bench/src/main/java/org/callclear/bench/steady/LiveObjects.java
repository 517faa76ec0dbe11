package org.callclear.bench.steady;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is alive in a heap after a full collection, by class: what {@code jcmd GC.class_histogram} tells. */
record LiveObjects(Map<String, Kind> kinds) {
    private static final Pattern LINE = Pattern.compile("\\s*[0-9]+:\\s+([0-9]+)\\s+([0-9]+)\\s+(\\S+).*");
    private static final Kind NONE = new Kind(0, 0);

    /** All objects of one class. */
    record Kind(long count, long bytes) {
        private Kind plus(Kind other) {
            return new Kind(count + other.count, bytes + other.bytes);
        }
    }

    /**
     * @param name of a class
     * @param count how many more there are
     * @param bytes by how much more they take
     */
    record Growth(String name, long count, long bytes) {}

    static LiveObjects of(String histogram) {
        Map<String, Kind> kinds = new HashMap<>();
        histogram
                .lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> kinds.merge(
                        line.group(3),
                        new Kind(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))),
                        Kind::plus));
        return new LiveObjects(kinds);
    }

    long bytes() {
        return kinds.values().stream().mapToLong(Kind::bytes).sum();
    }

    long count(String name) {
        return kinds.getOrDefault(name, NONE).count;
    }

    /** The classes that take more than they took, those that grew most first. */
    List<Growth> since(LiveObjects before) {
        return kinds.entrySet().stream()
                .map(entry -> growth(entry.getKey(), entry.getValue(), before))
                .filter(growth -> growth.bytes > 0)
                .sorted(Comparator.comparingLong(Growth::bytes).reversed())
                .collect(Collectors.toList());
    }

    private static Growth growth(String name, Kind now, LiveObjects before) {
        Kind then = Objects.requireNonNull(before.kinds.getOrDefault(name, NONE));
        return new Growth(name, now.count - then.count, now.bytes - then.bytes);
    }
}
