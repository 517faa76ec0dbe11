package org.callclear.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.callclear.bench.authorize.ClearinghouseFleet;
import org.callclear.bench.books.Books;
import org.callclear.bench.books.Ledger;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;
import org.callclear.bench.harness.Plan;
import org.callclear.bench.kafka.LogBytes;
import org.callclear.bench.kafka.Readers;
import org.callclear.bench.scale.ScaleOptions;
import org.callclear.bench.scale.SettlementFleet;
import org.callclear.bench.scale.SettlementFleet.Event;
import org.callclear.bench.scale.SettlementFleet.Pass;
import org.callclear.schemas.topics.Topic;
import org.jspecify.annotations.Nullable;

/** One, two and four instances of settlement and of the clearinghouse over the same topics on one machine. */
final class ScaleBench {
    private static final long REPORTS = 1_000_000;
    private static final long FEW_REPORTS = 150_000;
    private static final long SEED = 20261123;
    private static final int WARM_UPS = 2;
    private static final double MILLION = 1e6;
    private static final String JOB = "scale-";
    private static final List<Integer> SIZES = List.of(1, 2, 4);
    private static final List<Integer> FEW_SIZES = List.of(1, 2);

    private final ScaleOptions wanted;
    private final Plan plan;
    private final Findings findings;
    private @Nullable Ledger statements;
    private int different;

    ScaleBench(ScaleOptions options) {
        this.wanted = options;
        this.plan = options.plan();
        this.findings = new Findings("scale", "One, two and four instances", plan);
    }

    /** Whether no call was lost and all sums were the same. */
    boolean run(PrintStream out) {
        if (wanted.wants(ScaleOptions.Part.SETTLEMENT)) {
            settlement();
        }
        if (wanted.wants(ScaleOptions.Part.CLEARINGHOUSE)) {
            new ClearinghouseFleet(plan, findings).measure(plan.isQuick() ? List.of(2) : SIZES);
        }
        return findings.report(out);
    }

    private int warmUps() {
        return plan.isQuick() ? 0 : WARM_UPS;
    }

    private List<Integer> sizes() {
        return plan.isQuick() ? FEW_SIZES : SIZES;
    }

    private void settlement() {
        Options options = new Options();
        options.cdrs = plan.isQuick() ? FEW_REPORTS : REPORTS;
        options.seed = SEED;
        options.brokerHeap = "1g";
        findings.remark("settlement: " + options.cdrs
                + " CDRs, RocksDB stores, a process with one thread and 512 MiB of"
                + " heap for each instance, " + warmUps()
                + " passes before those that count; broker and instances share"
                + " the cores");
        findings.remark("a standstill is the longest time without a commit in any partition of the journal; instances"
                + " commit once a second, and the broker gives up who was killed after 10 s, as the embedded one does"
                + " (Kafka's own default is 45 s)");
        try (Scene scene = Scene.set(options)) {
            Map<TopicPartition, Long> ends = Readers.ends(
                    scene.address(), Readers.partitions(scene.address(), Topic.SETTLEMENT_JOURNAL.topic()));
            for (int size : sizes()) {
                try (SettlementFleet fleet = new SettlementFleet(
                        scene.address(), ends, scene.folder().resolve("fleet-" + size), size)) {
                    settle(scene, options, fleet, size);
                }
            }
        }
        findings.ask(Asked.atMost("passes whose sums are not those of one instance", (double) different, 0));
    }

    private void settle(Scene scene, Options options, SettlementFleet fleet, int size) {
        List<Double> rates = new ArrayList<>();
        List<Double> still = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        for (int pass = 1; pass <= warmUps() + plan.runs(); pass++) {
            Pass done = pass(scene, fleet, size + "-" + pass, Event.NONE);
            if (pass > warmUps()) {
                rates.add(options.cdrs / done.seconds());
                still.add(done.standstill());
                cpu.add(done.cpuSeconds() * MILLION / options.cdrs);
            }
        }
        String who = instances(size) + " of settlement";
        findings.measured(who, "CDR/s", rates);
        findings.measured(who + ", longest standstill", "s", still);
        findings.measured(who + ", processor time of a million CDRs", "s", cpu);
        if (size == 1) {
            weigh(scene, options);
        }
        if (size > 1) {
            if (!plan.isQuick()) {
                told(who + ", one joins at a third", pass(scene, fleet, size + "-join", Event.JOIN), options);
            }
            told(who + ", one is killed at a third", pass(scene, fleet, size + "-kill", Event.KILL), options);
        }
    }

    /** What one pass left on the broker; the topics of the job itself are called after the job. */
    private void weigh(Scene scene, Options options) {
        Map<String, Long> bytes = new TreeMap<>();
        LogBytes.byTopic(Map.of("bootstrap.servers", scene.address())).forEach((topic, size) -> {
            if (!topic.startsWith(JOB) || topic.startsWith(JOB + "1-" + (warmUps() + plan.runs()))) {
                bytes.merge(topic.startsWith(JOB) ? "the job's own topics" : topic, size, Long::sum);
            }
        });
        bytes.entrySet().stream()
                .filter(topic -> topic.getValue() > options.cdrs)
                .forEach(topic -> findings.measured(
                        "on disk in " + topic.getKey(),
                        "bytes a CDR",
                        List.of((double) topic.getValue() / options.cdrs)));
    }

    private void told(String what, Pass pass, Options options) {
        findings.measured(what, "CDR/s", List.of(options.cdrs / pass.seconds()));
        findings.measured(what + ", longest standstill", "s", List.of(pass.standstill()));
    }

    private Pass pass(Scene scene, SettlementFleet fleet, String name, Event event) {
        scene.clear();
        Pass pass = fleet.pass(JOB + name, event);
        Books books = Books.read(scene.address());
        if (statements == null) {
            statements = books.ledger();
        }
        List<String> differences = statements.differences(books.ledger());
        if (!books.balances() || !differences.isEmpty()) {
            different++;
        }
        SettlementBench.say(
                "settlement " + name + ": " + pass + ", sums " + books.sums() + ", differences " + differences);
        return pass;
    }

    private static String instances(int size) {
        return size == 1 ? "1 instance" : size + " instances";
    }
}
