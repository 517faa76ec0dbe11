package org.callclear.bench.decks;

import java.nio.file.Path;
import org.callclear.bench.harness.Plan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What may be asked of the decks' benchmark. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class DeckOptions {
    private static final int FEW_LOOKUPS = 200_000;

    @Mixin
    Plan plan;

    @Option(names = "--rows", defaultValue = "266155", description = "rows of the deck (default: ${DEFAULT-VALUE})")
    int rows;

    @Option(
            names = "--lookups",
            defaultValue = "1000000",
            description = "look-ups in one run (default: ${DEFAULT-VALUE})")
    int lookups;

    @Option(names = "--seed", defaultValue = "20261123", description = "of the deck (default: ${DEFAULT-VALUE})")
    long seed;

    @Option(names = "--no-import", description = "look-ups only: no broker, no command")
    boolean noImport;

    @Option(names = "--home", hidden = true, defaultValue = ".")
    Path home;

    int lookups() {
        return plan.isQuick() ? Math.min(lookups, FEW_LOOKUPS) : lookups;
    }
}
