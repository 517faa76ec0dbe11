package org.callclear.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.callclear.bench.child.JavaChild;
import org.callclear.bench.decode.ReplayRun;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;
import org.callclear.bench.harness.Plan;
import org.callclear.bench.harness.Series;

/** How long it takes to compute a statement again from a journal on Kafka, from the start of the process to the bytes. */
final class ReplayBench {
    private static final long REPORTS = 2_000_000;
    private static final long FEW_REPORTS = 200_000;
    private static final double MOST_SECONDS = 60;
    private static final long SEED = 20261123;

    private final Plan plan;

    ReplayBench(Plan plan) {
        this.plan = plan;
    }

    boolean run(PrintStream out) {
        Options options = new Options();
        options.cdrs = plan.isQuick() ? FEW_REPORTS : REPORTS;
        options.seed = SEED;
        options.brokerHeap = "1g";
        List<Double> seconds = new ArrayList<>();
        List<Double> lines = new ArrayList<>();
        try (Scene scene = Scene.set(options)) {
            for (int run = 1; run <= plan.runs(); run++) {
                long begun = System.nanoTime();
                lines.add(replay(scene, run));
                seconds.add((System.nanoTime() - begun) / 1e9);
                SettlementBench.say("replay run " + run + ": " + seconds.getLast() + " s");
            }
            Findings findings = new Findings("replay", "A statement computed again from the journal", plan);
            findings.remark(options.cdrs / 2 + " calls, " + scene.journalRecords() + " records of the journal on Kafka;"
                    + " a process of its own with 1 GiB of heap and two workers, from its start to its end");
            Series took = findings.measured("replay", "s", seconds);
            findings.measured("lines of calls under the root", "lines", lines);
            if (!plan.isQuick()) {
                findings.ask(Asked.atMost("a million calls, seconds", took.median(), MOST_SECONDS));
            }
            return findings.report(out);
        }
    }

    private static double replay(Scene scene, int run) {
        Path file = scene.folder().resolve("replay-" + run);
        JavaChild.start(
                        scene.folder().resolve("replay.out"),
                        List.of("-Xmx1g", "-XX:+UseParallelGC"),
                        ReplayRun.class.getName(),
                        List.of(scene.address(), file.toString()))
                .finish(600);
        try {
            return Double.parseDouble(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }
}
