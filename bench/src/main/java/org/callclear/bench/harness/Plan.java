package org.callclear.bench.harness;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What may be asked of a benchmark on this harness. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class Plan {
    int runs;

    @Spec
    CommandSpec spec;

    @Option(names = "--runs", defaultValue = "5", description = "runs of each measurement (default: ${DEFAULT-VALUE})")
    void runs(int wanted) {
        if (wanted < 1) {
            throw new ParameterException(spec.commandLine(), "--runs " + wanted + ": must be 1 or more");
        }
        runs = wanted;
    }

    @Option(names = "--quick", description = "one short run of each: to see that it works and about how fast it is")
    boolean quick;

    @Option(names = "--results", defaultValue = "results", description = "folder for the report")
    Path results;

    @Option(names = "--command", hidden = true, defaultValue = "bench/run")
    String command;

    @Option(names = "--commit", hidden = true, defaultValue = "unknown")
    String commit;

    /** How often each thing is measured. */
    public int runs() {
        return quick ? 1 : runs;
    }

    /** Whether runs are to be short. */
    public boolean isQuick() {
        return quick;
    }
}
