package org.callclear.bench.start;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.callclear.bench.child.WholeSystem;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;
import org.callclear.bench.harness.Plan;
import org.callclear.bench.harness.Series;
import org.callclear.bench.harness.TemporaryFolder;

/** Seconds from `bin/callclear up` to its word that it is ready: on an empty data directory, and on one that was used. */
public final class StartBench {
    private static final double MOST_SECONDS = 12;

    private final Plan plan;
    private final Path home;

    /** @param options as they were typed */
    public StartBench(StartOptions options) {
        this.plan = options.plan;
        this.home = options.home;
    }

    /** Runs all; true when a first start is quick enough. */
    public boolean run(PrintStream out) {
        List<Double> first = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        try {
            for (int run = 0; run < plan.runs(); run++) {
                try (TemporaryFolder folder = TemporaryFolder.make()) {
                    first.add(start(folder.path().resolve("data")));
                    again.add(start(folder.path().resolve("data")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the start cannot be measured", e);
        }
        Findings findings = new Findings("start", "From `bin/callclear up` to READY", plan);
        findings.remark("broker, registry and all parties; built before, and nothing else runs");
        Series fresh =
                findings.measured("on an empty data directory: authority, topics and schemas are made", "s", first);
        findings.measured("on the same data directory again", "s", again);
        findings.ask(Asked.atMost("a first start, s", fresh.median(), MOST_SECONDS));
        return findings.report(out);
    }

    private double start(Path data) throws IOException {
        try (WholeSystem system = WholeSystem.start(home, data)) {
            return system.readySeconds();
        }
    }
}
