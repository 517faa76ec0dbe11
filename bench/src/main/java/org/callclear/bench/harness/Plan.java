package org.callclear.bench.harness;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What may be asked of every benchmark. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class Plan {
    private static final int FEWEST = 5;

    @Option(names = "--runs", defaultValue = "5", description = "runs of each measurement (default: ${DEFAULT-VALUE})")
    int runs;

    @Option(names = "--quick", description = "short runs: to see that it works and about how fast it is")
    boolean quick;

    @Option(names = "--results", defaultValue = "results", description = "folder for the report")
    Path results;

    @Option(names = "--command", hidden = true, defaultValue = "bench/run")
    String command;

    @Option(names = "--commit", hidden = true, defaultValue = "unknown")
    String commit;

    /** How often each thing is measured. */
    public int runs() {
        return quick ? Math.min(runs, FEWEST) : runs;
    }

    /** Whether runs are to be short. */
    public boolean isQuick() {
        return quick;
    }
}
