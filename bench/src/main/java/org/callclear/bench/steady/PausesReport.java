package org.callclear.bench.steady;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;

/** How long the collector stopped the program, and what it left. */
final class PausesReport {
    private static final List<Double> PERCENTILES = List.of(50.0, 99.0, 99.9, 100.0);
    private static final double ASKED_PERCENTILE = 99.9;
    private static final double MOST_MILLIS = 20;
    private static final double MICROS = 1_000;

    private final GcLog log;
    private final List<GcLog> parts;

    PausesReport(Course course) {
        this.log = course.log();
        this.parts = course.logByPart();
    }

    void tell(Findings findings) {
        Histogram pauses = histogram(log.pauses().stream().mapToDouble(GcLog.Pause::millis));
        percentiles(findings, "pauses of the collector", pauses);
        percentiles(
                findings,
                "stops of the virtual machine for any reason (safepoints)",
                histogram(log.stops().stream().mapToDouble(GcLog.Stop::millis)));
        findings.remark("pauses by kind: " + kinds());
        findings.overTime(
                "pauses of the collector", "pauses", each(part -> part.pauses().size()));
        findings.overTime("longest pause of the collector", "ms", each(PausesReport::longest));
        findings.overTime("heap in use after young collections, least", "MiB", each(PausesReport::leastLeft));
        findings.ask(Asked.atMost(
                "pauses of the collector, p" + ASKED_PERCENTILE + ", ms",
                pauses.getValueAtPercentile(ASKED_PERCENTILE) / MICROS,
                MOST_MILLIS));
    }

    private List<Double> each(ToDoubleFunction<GcLog> what) {
        return parts.stream().map(what::applyAsDouble).toList();
    }

    private static double longest(GcLog part) {
        return part.pauses().stream().mapToDouble(GcLog.Pause::millis).max().orElse(0);
    }

    private static double leastLeft(GcLog part) {
        return part.pauses().stream()
                .filter(GcLog.Pause::isYoung)
                .mapToInt(GcLog.Pause::leftMib)
                .min()
                .orElse(0);
    }

    private String kinds() {
        Map<String, List<Double>> kinds = log.pauses().stream()
                .collect(Collectors.groupingBy(
                        GcLog.Pause::kind, TreeMap::new, Collectors.mapping(GcLog.Pause::millis, Collectors.toList())));
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue().size() + " " + kind.getKey() + " of up to "
                        + kind.getValue().stream()
                                .max(Comparator.naturalOrder())
                                .orElseThrow() + " ms")
                .collect(Collectors.joining("; "));
    }

    private static Histogram histogram(DoubleStream millis) {
        Histogram histogram = new Histogram(3);
        millis.forEach(each -> histogram.recordValue(Math.round(each * MICROS)));
        return histogram;
    }

    private static void percentiles(Findings findings, String what, Histogram micros) {
        findings.measured(what, "times", List.of((double) micros.getTotalCount()));
        for (double percentile : PERCENTILES) {
            findings.measured(
                    what + ", p" + percentile, "ms", List.of(micros.getValueAtPercentile(percentile) / MICROS));
        }
    }
}
