package org.callclear.bench.decks;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What may be asked of the decks' benchmark. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class DeckOptions {
    @Option(names = "--rows", defaultValue = "266155", description = "rows of the deck (default: ${DEFAULT-VALUE})")
    int rows;

    @Option(
            names = "--lookups",
            defaultValue = "1000000",
            description = "look-ups in one run (default: ${DEFAULT-VALUE})")
    int lookups;

    @Option(names = "--runs", defaultValue = "5", description = "runs of each measurement (default: ${DEFAULT-VALUE})")
    int runs;

    @Option(names = "--seed", defaultValue = "20261123", description = "of the deck (default: ${DEFAULT-VALUE})")
    long seed;

    @Option(names = "--no-import", description = "look-ups only: no broker, no command")
    boolean noImport;

    @Option(names = "--results", defaultValue = "results", description = "folder for the report")
    Path results;

    @Option(names = "--command", hidden = true, defaultValue = "bench/run decks")
    String command;

    @Option(names = "--commit", hidden = true, defaultValue = "unknown")
    String commit;

    @Option(names = "--home", hidden = true, defaultValue = ".")
    Path home;
}
