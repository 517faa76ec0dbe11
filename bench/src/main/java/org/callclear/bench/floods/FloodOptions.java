package org.callclear.bench.floods;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What may be asked of the floods' benchmark. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class FloodOptions {
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

    @Option(names = "--results", defaultValue = "results", description = "folder for the report")
    Path results;

    @Option(names = "--command", hidden = true, defaultValue = "bench/run floods")
    String command;

    @Option(names = "--commit", hidden = true, defaultValue = "unknown")
    String commit;
}
