package org.callclear.bench.sip;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.HdrHistogram.Histogram;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;
import org.callclear.bench.harness.Plan;
import org.callclear.bench.harness.Series;
import org.callclear.bench.harness.TemporaryFolder;

/** Makes the same calls directly, through Kamailio and through all of Callclear, in turn. */
public final class SipBench {
    private static final List<Integer> PERCENTILES = List.of(50, 90, 99);
    private static final double P50_MILLIS = 10;
    private static final double P99_MILLIS = 30;

    private final Plan plan;
    private final SipOptions options;
    private final Map<String, List<Sipp.Run>> runs = new LinkedHashMap<>();
    private final Map<String, List<Double>> cpu = new LinkedHashMap<>();
    private final Map<String, List<Double>> most = new LinkedHashMap<>();
    private final List<String> stops = new ArrayList<>();

    /**
     * Nothing yet.
     *
     * @param plan as it was typed
     * @param options as they were typed
     */
    public SipBench(Plan plan, SipOptions options) {
        this.plan = plan;
        this.options = options;
    }

    /** Runs all; true when what is asked of the whole way is met. */
    public boolean run(PrintStream out) {
        Optional<Path> sipp = Tools.find("sipp");
        Optional<Path> kamailio = Tools.find("kamailio");
        if (sipp.isEmpty()) {
            say("!!! sipp was not found (Debian: sip-tester): NOTHING IS MEASURED !!!");
            return false;
        }
        if (kamailio.isEmpty()) {
            say("!!! kamailio was not found (Debian: kamailio): THE COMPARISON WITH IT IS LEFT OUT !!!");
        }
        Findings findings = new Findings("sip", "INVITE to 180 and to 200, sipp on both ends", plan);
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            measure(sipp.get(), kamailio, folder.path());
        }
        tell(findings, kamailio.isPresent());
        return findings.report(out) && kamailio.isPresent();
    }

    private void measure(Path program, Optional<Path> kamailio, Path folder) {
        int called = Tools.freePort();
        Sipp sipp = new Sipp(program, folder, called);
        try (ThroughCallclear callclear = ThroughCallclear.start(folder, called, options.java.more(), options.jfr)) {
            List<Way> ways = new ArrayList<>();
            ways.add(new Direct(called));
            kamailio.ifPresent(found -> ways.add(ThroughKamailio.start(found, folder, called)));
            ways.add(callclear);
            try {
                inTurn(sipp, ways);
            } finally {
                ways.forEach(Way::close);
            }
            callclear.hotMethods().ifPresent(SipBench::say);
        }
    }

    private void inTurn(Sipp sipp, List<Way> ways) {
        Way cold = ways.getLast();
        say("warming up");
        WarmUp.run(sipp, cold, options.rate, options.warmUp(plan.isQuick()));
        cold.settle(settling());
        for (int run = 1; run <= plan.runs(); run++) {
            for (Way way : ways) {
                long before = way.cpuNanos();
                Sipp.Run done = sipp.run(way, options.rate, options.seconds(plan.isQuick()), true);
                way.settle(settling());
                double each = (way.cpuNanos() - before) / 1e6 / done.callers().calls();
                say("run " + run + " " + way.name() + ": " + done.words()
                        + String.format(Locale.ROOT, ", %.2f ms processor time a call", each));
                runs.computeIfAbsent(way.name(), name -> new ArrayList<>()).add(done);
                cpu.computeIfAbsent(way.name(), name -> new ArrayList<>()).add(each);
            }
        }
        for (int run = 1; run <= plan.runs() && !options.ladder(plan.isQuick()).isEmpty(); run++) {
            for (Way way : ways) {
                climb(sipp, way, run);
            }
        }
    }

    private void climb(Sipp sipp, Way way, int run) {
        double held = 0;
        for (int rate : options.ladder(plan.isQuick())) {
            Sipp.Run done = sipp.run(way, rate, options.seconds(plan.isQuick()), false);
            say("ladder " + run + " " + way.name() + " at " + rate + "/s: " + done.words());
            way.settle(settling());
            if (!done.isClean()) {
                stops.add(way.name() + " at " + rate + "/s: " + done.words());
                break;
            }
            held = rate;
        }
        most.computeIfAbsent(way.name(), name -> new ArrayList<>()).add(held);
    }

    private int settling() {
        return plan.isQuick() ? 5 : 30;
    }

    private void tell(Findings findings, boolean withKamailio) {
        findings.remark("at " + options.rate + " calls/s over UDP on the loopback address, runs of "
                + options.seconds(plan.isQuick()) + " s whose first second does not count; Callclear was warmed up for "
                + WarmUp.words(options.rate, options.warmUp(plan.isQuick())));
        findings.remark("the called end sends 180 at once and 200 after 50 ms; callers hang up at once");
        findings.remark(
                "milliseconds from when a call was due (coordinated omission corrected), of calls that were answered");
        findings.remark("Callclear: all of `callclear up " + ThroughCallclear.words(options.java.more())
                + "`: broker, registry, proxy, clearinghouse, four gateways, settlement; from the first INVITE, so its 401 and"
                + " the INVITE with the password are in it; it idles while the others are measured");
        findings.remark("Kamailio: stateful (tm), record routing, two workers, no authentication");
        for (String way : runs.keySet()) {
            waits(findings, way, "INVITE to 180", Waits::ringing);
            waits(findings, way, "INVITE to 200", Waits::answered);
        }
        waits(findings, ThroughCallclear.NAME, "INVITE with the password to 180", Waits::ringingProved);
        if (withKamailio) {
            added(findings, ThroughKamailio.NAME, "to 180", Waits::ringing);
            added(findings, ThroughKamailio.NAME, "to 200", Waits::answered);
        }
        Map<Integer, Series> ringing = added(findings, ThroughCallclear.NAME, "to 180", Waits::ringing);
        added(findings, ThroughCallclear.NAME, "to 200", Waits::answered);
        counts(findings);
        cpu.forEach((way, each) ->
                findings.measured(way + ": processor time, what follows a call included", "ms/call", each));
        most.forEach((way, rates) -> findings.measured(way + ": most before retransmissions", "calls/s", rates));
        stops.forEach(findings::remark);
        findings.ask(Asked.atMost(
                "PDD added by the whole way, p50, ms", of(ringing, 50).median(), P50_MILLIS));
        findings.ask(Asked.atMost(
                "PDD added by the whole way, p99, ms", of(ringing, 99).median(), P99_MILLIS));
        long failed = runs.values().stream()
                .flatMap(List::stream)
                .mapToLong(Sipp.Run::failed)
                .sum();
        findings.ask(Asked.atMost("failed calls at " + options.rate + "/s", (double) failed, 0));
    }

    private static Series of(Map<Integer, Series> percentiles, int percentile) {
        return Objects.requireNonNull(percentiles.get(percentile));
    }

    private void counts(Findings findings) {
        runs.forEach((way, done) -> {
            findings.measured(
                    way + ": failed",
                    "calls",
                    done.stream().map(run -> (double) run.failed()).toList());
            findings.measured(
                    way + ": retransmissions",
                    "messages",
                    done.stream().map(run -> (double) run.retransmissions()).toList());
        });
    }

    private void waits(Findings findings, String way, String what, Function<Waits, Histogram> kind) {
        for (int percentile : PERCENTILES) {
            findings.measured(way + ", " + what + ": p" + percentile, "ms", values(way, kind, percentile));
        }
    }

    /** How much more than direct, run by run. */
    private Map<Integer, Series> added(Findings findings, String way, String what, Function<Waits, Histogram> kind) {
        Map<Integer, Series> added = new LinkedHashMap<>();
        for (int percentile : PERCENTILES) {
            List<Double> here = values(way, kind, percentile);
            List<Double> direct = values(Direct.NAME, kind, percentile);
            List<Double> more = new ArrayList<>();
            for (int i = 0; i < here.size(); i++) {
                more.add(here.get(i) - direct.get(i));
            }
            added.put(percentile, findings.measured(way + " adds " + what + ": p" + percentile, "ms", more));
        }
        return added;
    }

    private List<Double> values(String way, Function<Waits, Histogram> kind, int percentile) {
        return runs.getOrDefault(way, List.of()).stream()
                .map(run -> Waits.millis(kind.apply(run.waits().orElseThrow()), percentile))
                .toList();
    }

    private static void say(String line) {
        System.err.println("bench: " + line);
    }
}
