package org.callclear.bench.authorize;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.callclear.bench.child.JavaChild;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;
import org.callclear.bench.harness.Plan;
import org.callclear.bench.harness.Series;
import org.callclear.bench.profile.HotMethods;
import org.callclear.schemas.topics.Party;

/** Runs the same loads against the clearinghouse and against two echoes, in turn. */
public final class AuthorizationBench {
    private static final String PRODUCT = "clearinghouse";
    private static final String ECHO = "echo with 3 signatures";
    private static final String BARE = "echo without signatures";
    private static final List<Integer> RATES = List.of(1_000, 3_000);
    private static final int AT_ONCE = 256;
    /** Few, so that nothing is left waiting when the measurement begins. */
    private static final int WARM_UP_AT_ONCE = 32;

    private static final int ANY = 1 << 20;
    private static final double P50 = 1.3;
    private static final double P99 = 2;
    private static final double SUSTAINED = 0.75;
    /** As bin/callclear starts a clearinghouse. */
    private static final List<String> JAVA = List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20");

    private final Plan plan;
    private final boolean isRecorded;
    private final Map<String, List<Told>> told = new LinkedHashMap<>();
    private int responseBytes;
    private Optional<Path> recording = Optional.empty();

    /**
     * Nothing yet.
     *
     * @param plan as it was typed
     * @param isRecorded whether to tell where the clearinghouse's processor time went
     */
    public AuthorizationBench(Plan plan, boolean isRecorded) {
        this.plan = plan;
        this.isRecorded = isRecorded;
    }

    /** Runs all; true when what is asked of the clearinghouse is met. */
    public boolean run(PrintStream out) {
        try (Ground ground = Ground.prepare()) {
            List<Side> sides = new ArrayList<>();
            try {
                sides.add(product(ground));
                warmUp(sides.getFirst());
                sides.add(echo(ground, ECHO, Ground.SIGNING));
                sides.add(echo(ground, BARE, Ground.BARE));
                sides.stream().skip(1).forEach(this::warmUp);
                for (int run = 1; run <= plan.runs(); run++) {
                    for (Side side : sides) {
                        measure(side, run);
                    }
                }
            } finally {
                sides.forEach(Side::close);
            }
            recording.ifPresent(file -> System.err.println(HotMethods.read(file).text()));
        }
        return findings().report(out);
    }

    /** One that answers and one that asks it, both until the end. */
    private record Side(String name, JavaChild answering, Asking asking) {
        void close() {
            asking.close();
            answering.close();
        }
    }

    private Side product(Ground ground) {
        List<String> java = new ArrayList<>(JAVA);
        if (isRecorded) {
            Path file = ground.folder().resolve("clearinghouse.jfr");
            java.add("-XX:StartFlightRecording=settings=profile,filename=" + file);
            recording = Optional.of(file);
        }
        JavaChild answering = ClearinghouseUnderTest.start(ground, java, "bench");
        return new Side(PRODUCT, answering, Asking.open(ground, Party.proxyOf(Ground.CALLER), PRODUCT));
    }

    private Side echo(Ground ground, String name, Echo echo) {
        Path ready = ground.folder().resolve("ready-" + echo.word());
        List<String> arguments = Stream.of(
                        Access.words(ground.accessFor(Party.of(Party.Kind.SETUP))),
                        List.of(echo.word(), Integer.toString(responseBytes), ready.toString()))
                .flatMap(List::stream)
                .toList();
        JavaChild child = JavaChild.start(
                ground.folder().resolve(echo.word() + ".out"), JAVA, EchoUnderTest.class.getName(), arguments);
        Ready.await(child, ready);
        return new Side(name, child, Asking.open(ground, Party.of(Party.Kind.SETUP), echo.word()));
    }

    /** Until both ends, and the broker, are compiled: a party runs for months, and its first minute is told by others. */
    private void warmUp(Side side) {
        Load load = new Load("compiling", 0, WARM_UP_AT_ONCE, compilingSeconds());
        List<Told> outcome = ask(side, "warm", List.of(load));
        if (side.name().equals(PRODUCT)) {
            responseBytes = outcome.getLast().responseBytes();
        }
    }

    private int compilingSeconds() {
        return plan.isQuick() ? 5 : 90;
    }

    private void measure(Side side, int run) {
        List<Told> outcome = ask(side, Integer.toString(run), loads());
        told.computeIfAbsent(side.name(), name -> new ArrayList<>()).addAll(outcome.subList(1, outcome.size()));
    }

    private static List<Told> ask(Side side, String round, List<Load> loads) {
        side.asking().begin(round, loads);
        return side.asking().told(round);
    }

    private List<Load> loads() {
        int seconds = plan.isQuick() ? 3 : 15;
        List<Load> loads = new ArrayList<>();
        loads.add(new Load("warm-up", 0, WARM_UP_AT_ONCE, plan.isQuick() ? 4 : 20));
        RATES.forEach(rate -> loads.add(new Load("at " + rate, rate, ANY, seconds)));
        loads.add(new Load("most", 0, AT_ONCE, seconds));
        return loads;
    }

    private Findings findings() {
        Findings findings = new Findings("authorization", "Authorization: three gateways, three tokens", plan);
        findings.remark("over TLS, acks=all, linger 0; an answer has " + responseBytes + " bytes; "
                + "milliseconds from when a question was due (coordinated omission corrected)");
        findings.remark("broker, answering and asking side share the cores; the answering side has " + JAVA);
        findings.remark("each side stays for all runs, with an asking side of its own, and was asked for "
                + compilingSeconds() + " s before the first of them and for "
                + loads().getFirst().seconds() + " s before each");
        findings.remark("most: " + AT_ONCE + " questions at once");
        for (Map.Entry<String, List<Told>> side : told.entrySet()) {
            for (int rate : RATES) {
                put(findings, side.getKey(), "at " + rate, "p50", "ms", Told::p50);
                put(findings, side.getKey(), "at " + rate, "p99", "ms", Told::p99);
            }
            put(findings, side.getKey(), "most", "answers", "1/s", Told::rate);
        }
        for (int rate : RATES) {
            put(findings, PRODUCT, "at " + rate, "refused as too old", "questions", Told::expired);
        }
        for (int rate : RATES) {
            findings.ask(Asked.atMost("p50 at " + rate + "/s, of the echo's", ratio("at " + rate, Told::p50), P50));
            findings.ask(Asked.atMost("p99 at " + rate + "/s, of the echo's", ratio("at " + rate, Told::p99), P99));
        }
        findings.ask(Asked.atLeast("most a second, of the echo's", ratio("most", Told::rate), SUSTAINED));
        long lost = told.values().stream()
                .flatMap(List::stream)
                .mapToLong(one -> one.asked() - one.answered())
                .sum();
        findings.ask(Asked.atMost("questions without an answer", (double) lost, 0));
        return findings;
    }

    private void put(
            Findings findings, String side, String load, String what, String unit, ToDoubleFunction<Told> value) {
        findings.measured(side + ", " + load + ": " + what, unit, values(side, load, value));
    }

    private double ratio(String load, ToDoubleFunction<Told> value) {
        return median(PRODUCT, load, value) / median(ECHO, load, value);
    }

    private double median(String side, String load, ToDoubleFunction<Told> value) {
        return new Series(side, "", values(side, load, value)).median();
    }

    private List<Double> values(String side, String load, ToDoubleFunction<Told> value) {
        return told.getOrDefault(side, List.of()).stream()
                .filter(one -> one.load().equals(load))
                .map(one -> value.applyAsDouble(one))
                .toList();
    }
}
