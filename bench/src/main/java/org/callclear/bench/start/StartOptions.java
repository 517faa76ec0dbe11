package org.callclear.bench.start;

import java.nio.file.Path;
import org.callclear.bench.harness.Plan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What may be asked of the starts' benchmark. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
public final class StartOptions {
    @Mixin
    Plan plan;

    @Option(names = "--home", hidden = true, defaultValue = ".")
    Path home;
}
