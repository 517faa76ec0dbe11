package org.callclear.bench.steady;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import org.callclear.bench.harness.Findings;
import org.callclear.bench.harness.TemporaryFolder;
import org.callclear.bench.sip.Tools;

/** Half an hour at one rate: nothing may grow but what is bounded, nothing fall behind, nobody wait for the collector. */
public final class SteadyBench {
    private final SteadyOptions options;

    /** @param options as they were typed */
    public SteadyBench(SteadyOptions options) {
        this.options = options;
    }

    /** Runs it; true when all that is asked is met. */
    public boolean run(PrintStream out) {
        Optional<Path> sipp = Tools.find("sipp");
        if (sipp.isEmpty()) {
            System.err.println("bench: !!! sipp was not found (Debian: sip-tester): NOTHING IS MEASURED !!!");
            return false;
        }
        Findings findings = new Findings("steady", "The whole system in a steady state", options.plan);
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            new SteadyReport(options, new SteadyRun(options, sipp.get(), folder.path()).run()).tell(findings);
        }
        return findings.report(out);
    }
}
