package org.callclear.bench.floods;

import org.callclear.bench.harness.Plan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What may be asked of the floods' benchmark. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class FloodOptions {
    private static final int FEW_CALLS = 250;

    @Mixin
    Plan plan;

    @Option(names = "--calls", defaultValue = "1000", description = "calls in one run (default: ${DEFAULT-VALUE})")
    int calls;

    @Option(names = "--rate", defaultValue = "50", description = "calls a second (default: ${DEFAULT-VALUE})")
    int rate;

    @Option(
            names = "--flood",
            defaultValue = "5000",
            description = "unauthenticated INVITEs a second (default: ${DEFAULT-VALUE})")
    int flood;

    @Option(
            names = "--addresses",
            defaultValue = "200",
            description = "addresses of the flood that comes from many (default: ${DEFAULT-VALUE})")
    int addresses;

    int calls() {
        return plan.isQuick() ? Math.min(calls, FEW_CALLS) : calls;
    }
}
