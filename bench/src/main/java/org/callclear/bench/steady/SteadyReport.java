package org.callclear.bench.steady;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;
import org.callclear.bench.sip.ThroughCallclear;
import org.callclear.bench.sip.WarmUp;

/** What came of a run, in words and numbers. */
final class SteadyReport {
    /** sipp's start and the last call's end are in the time. */
    private static final double OF_THE_RATE = 0.98;
    /** A call leaves a grant and two reports in the journal: a second of that may wait more than at the beginning. */
    private static final double RECORDS_A_CALL = 3;

    private static final double JOURNALS_GROW_MIB = 1;
    /** A token holds for a minute, clocks may be half a minute apart, spans of 5 min are forgotten together, and marks come each half minute. */
    private static final double TOKEN_SECONDS = 60 + 30 + 300 + 30;

    private static final double MIB = 1 << 20;
    private static final double NANOS_IN_MILLI = 1e6;
    private static final int MOST_TOPICS = 8;

    private final SteadyOptions options;
    private final Course course;

    SteadyReport(SteadyOptions options, Course course) {
        this.options = options;
        this.course = course;
    }

    void tell(Findings findings) {
        setting(findings);
        calls(findings);
        new PausesReport(course).tell(findings);
        new HeapReport(course.before().heap(), course.after().heap()).tell(findings);
        course.quantities()
                .forEach(quantity -> findings.overTime(quantity.name(), quantity.unit(), course.mostByPart(quantity)));
        lag(findings);
        stores(findings);
        broker(findings);
    }

    private void setting(Findings findings) {
        findings.remark("at " + options.rate() + " calls/s over UDP on the loopback address for "
                + options.lasts().toSeconds() + " s, after a warm-up of "
                + WarmUp.words(options.rate(), (int) options.warmUp().toSeconds()) + ", whose pauses do not count");
        findings.remark("the called end sends 180 at once and 200 after 50 ms; callers hang up at once");
        findings.remark("broker, proxies, clearinghouse, gateways and settlement in one process, as `callclear up "
                + ThroughCallclear.words(options.java.more())
                + "`; the schema registry is a process of its own and not in these numbers: no call asks it");
        findings.remark("over time: the most that was seen in each of " + SteadyOptions.PARTS + " parts of "
                + course.part().toSeconds() + " s, with a look each "
                + options.lookEach().toSeconds() + " s; lags, tokens and calls are sums over parties");
        findings.remark("the live heap is what `jcmd GC.class_histogram` counts after `jcmd GC.run`, "
                + options.rest().toSeconds()
                + " s after warm-up and again after the last call; pauses that were asked for"
                + " do not count");
        if (course.missed() > 0) {
            findings.remark("looks that failed: " + course.missed());
        }
    }

    private void calls(Findings findings) {
        double made = (double) course.calls().callers().calls();
        findings.measured("calls", "calls", List.of(made));
        findings.measured("retransmissions of both ends", "messages", List.of((double)
                course.calls().retransmissions()));
        findings.measured(
                "processor time, broker and rests included",
                "ms/call",
                List.of((course.after().cpuNanos() - course.before().cpuNanos()) / NANOS_IN_MILLI / made));
        double planned = (double) options.rate() * options.lasts().toSeconds();
        findings.ask(Asked.atLeast("calls a second", made / course.calls().seconds(), options.rate() * OF_THE_RATE));
        findings.ask(
                Asked.atMost("failed calls", planned - course.calls().callers().successful(), 0));
        findings.ask(Asked.atMost("calls still open when all are over", course.openInTheEnd(), 0));
    }

    private void lag(Findings findings) {
        double worst = course.quantities().stream()
                .filter(Quantity::isLag)
                .mapToDouble(course::growth)
                .max()
                .orElse(Double.NaN);
        findings.ask(Asked.atMost(
                "growth of the largest lag of any reader, first part to last, records",
                worst,
                options.rate() * RECORDS_A_CALL));
    }

    private void stores(Findings findings) {
        double calls = (double) options.rate() * course.part().toSeconds() * (SteadyOptions.PARTS - 1);
        for (Quantity file : List.of(Quantity.SETTLEMENT, Quantity.LOG)) {
            findings.measured(file.name() + ", growth", "bytes/call", List.of(course.growth(file) * MIB / calls));
        }
        findings.remark(
                "settlement keeps a file of each call for 430 days, for reports that come late: its state on disk is to"
                        + " grow with calls");
        findings.ask(Asked.atMost(
                "growth of the journals of open calls, first part to last, MiB",
                course.growth(Quantity.JOURNALS),
                JOURNALS_GROW_MIB));
        findings.ask(Asked.atMost(
                "used tokens remembered, most", course.most(Quantity.USED_TOKENS), options.rate() * TOKEN_SECONDS));
    }

    private void broker(Findings findings) {
        Map<String, Long> grown = new TreeMap<>(course.after().topicBytes());
        course.before().topicBytes().forEach((topic, bytes) -> grown.merge(topic, -bytes, Long::sum));
        double calls = (double) course.calls().callers().calls();
        long sum = grown.values().stream().mapToLong(Long::longValue).sum();
        findings.measured("what the broker keeps", "bytes/call", List.of(sum / calls));
        List<Map.Entry<String, Long>> topics = new ArrayList<>(grown.entrySet());
        topics.sort(Map.Entry.<String, Long>comparingByValue().reversed());
        findings.remark("of what the broker keeps, bytes a call: "
                + topics.stream()
                        .limit(MOST_TOPICS)
                        .map(topic -> String.format(Locale.ROOT, "%s %.0f", topic.getKey(), topic.getValue() / calls))
                        .collect(Collectors.joining(", ")));
    }
}
