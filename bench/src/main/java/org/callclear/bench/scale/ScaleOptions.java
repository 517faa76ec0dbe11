package org.callclear.bench.scale;

import java.util.List;
import org.callclear.bench.harness.Plan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What may be asked of the benchmark of several instances. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class ScaleOptions {
    /** What there are several instances of. */
    public enum Part {
        SETTLEMENT,
        CLEARINGHOUSE
    }

    @Mixin
    Plan plan;

    @Option(
            names = "--only",
            split = ",",
            defaultValue = "SETTLEMENT,CLEARINGHOUSE",
            description = "measure only instances of these: ${COMPLETION-CANDIDATES}")
    List<Part> only;

    /** What is asked of every benchmark. */
    public Plan plan() {
        return plan;
    }

    /** Whether instances of it are to be measured. */
    public boolean wants(Part part) {
        return only.contains(part);
    }
}
