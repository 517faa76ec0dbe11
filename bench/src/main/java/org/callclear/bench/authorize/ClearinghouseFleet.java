package org.callclear.bench.authorize;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.callclear.bench.child.JavaChild;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;
import org.callclear.bench.harness.Plan;
import org.callclear.bench.harness.Wait;
import org.callclear.bench.kafka.LogBytes;
import org.callclear.schemas.topics.Party;

/** Several clearinghouses that answer the questions of one carrier together. */
public final class ClearinghouseFleet {
    private static final int RATE = 1_000;
    /** While one is killed: what waits for it must not be more than the others can make up for. */
    private static final int RATE_OF_THE_KILLED = 200;

    private static final int AT_ONCE = 256;
    private static final int WARM_UP_AT_ONCE = 32;
    private static final int ANY = 1 << 20;
    private static final Duration UNTIL_THE_KILL = Duration.ofSeconds(12);
    private static final int SECONDS_OF_THE_KILLED = 40;
    private static final int FEW_SECONDS_OF_THE_KILLED = 24;
    private static final List<String> JAVA = List.of("-Xmx512m", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20");

    private final Plan plan;
    private final Findings findings;
    private final List<Double> micros = new ArrayList<>();
    private long lost;
    private long granted;

    /**
     * Nothing is measured yet.
     *
     * @param findings that it adds to
     */
    public ClearinghouseFleet(Plan plan, Findings findings) {
        this.plan = plan;
        this.findings = findings;
    }

    /** Measures fleets of these sizes, one after the other, and in each one of at least two what a kill costs. */
    public void measure(List<Integer> sizes) {
        findings.remark(
                "clearinghouse: a process with " + JAVA + " for each instance; " + AT_ONCE + " questions at once, or "
                        + RATE + "/s; the embedded stack, the asking side and all instances share the cores");
        findings.remark("the group of clearinghouses gives up who was killed after 6 s, as the product sets it");
        findings.remark(
                "an instance is killed while " + RATE_OF_THE_KILLED
                        + " questions/s are asked, once each: a proxy would ask again, and give up on the call after some seconds");
        try (Ground ground = Ground.prepare();
                Asking asking = Asking.open(ground, Party.proxyOf(Ground.CALLER), "clearinghouse")) {
            for (int size : sizes) {
                List<Told> told = new ArrayList<>();
                micros.clear();
                for (int run = 1; run <= plan.runs(); run++) {
                    told.addAll(answer(ground, asking, size, run));
                }
                tell(size + (size == 1 ? " clearinghouse" : " clearinghouses"), told);
            }
            weigh(ground);
        }
        findings.ask(Asked.atMost("questions without an answer", (double) lost, 0));
    }

    private List<Told> answer(Ground ground, Asking asking, int size, int run) {
        List<JavaChild> instances = new ArrayList<>();
        try {
            for (int number = 1; number <= size; number++) {
                instances.add(ClearinghouseUnderTest.start(ground, JAVA, "bench-" + number));
            }
            double before = cpuNanos(instances);
            String round = size + "-" + run;
            asking.begin(round, loads());
            List<Told> told = new ArrayList<>(asking.told(round));
            long answered = told.stream().mapToLong(Told::answered).sum();
            micros.add((cpuNanos(instances) - before) / 1e3 / answered);
            granted += answered;
            if (size > 1 && run == 1) {
                asking.begin(size + "-killed", List.of(killed()));
                Wait.pause(UNTIL_THE_KILL);
                instances.removeLast().kill();
                List<Told> late = asking.told(size + "-killed");
                granted += late.getFirst().answered();
                told.addAll(late);
            }
            return told;
        } finally {
            instances.forEach(JavaChild::close);
        }
    }

    private List<Load> loads() {
        int seconds = plan.isQuick() ? 4 : 15;
        return List.of(
                new Load("warm-up", 0, WARM_UP_AT_ONCE, plan.isQuick() ? 6 : 20),
                new Load("at " + RATE, RATE, ANY, seconds),
                new Load("most", 0, AT_ONCE, seconds));
    }

    private Load killed() {
        int seconds = plan.isQuick() ? FEW_SECONDS_OF_THE_KILLED : SECONDS_OF_THE_KILLED;
        return new Load("killed", RATE_OF_THE_KILLED, ANY, seconds);
    }

    private void tell(String who, List<Told> told) {
        put(who + ", at " + RATE + "/s: p50", "ms", of(told, "at " + RATE), Told::p50);
        put(who + ", at " + RATE + "/s: p99", "ms", of(told, "at " + RATE), Told::p99);
        put(who + ", most", "answers/s", of(told, "most"), Told::rate);
        findings.measured(
                who + ", processor time of all for a question, warming up included", "us", List.copyOf(micros));
        put(who + ", one is killed: longest wait", "ms", of(told, "killed"), Told::most);
        put(who + ", one is killed: refused as too old", "questions", of(told, "killed"), Told::expired);
        lost += told.stream().mapToLong(one -> one.asked() - one.answered()).sum();
    }

    private void put(String what, String unit, List<Told> told, ToDoubleFunction<Told> value) {
        if (!told.isEmpty()) {
            findings.measured(
                    what,
                    unit,
                    told.stream().map(one -> value.applyAsDouble(one)).toList());
        }
    }

    /** What all questions left on the broker. */
    private void weigh(Ground ground) {
        LogBytes.byTopic(ground.accessFor(Party.of(Party.Kind.SETUP)).clientSettings()).entrySet().stream()
                .filter(topic -> topic.getValue() > granted)
                .forEach(topic -> findings.measured(
                        "on disk in " + topic.getKey(),
                        "bytes a question",
                        List.of((double) topic.getValue() / granted)));
    }

    private static double cpuNanos(List<JavaChild> instances) {
        return instances.stream()
                .mapToDouble(one -> (double) JavaChild.cpuNanos(one.id()))
                .sum();
    }

    private static List<Told> of(List<Told> told, String load) {
        return told.stream().filter(one -> one.load().equals(load)).toList();
    }
}
