package org.callclear.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be asked of the settlement benchmark. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Options {
    @Option(names = "--cdrs", defaultValue = "1000000", description = "CDRs in the journal (default: ${DEFAULT-VALUE})")
    long cdrs;

    @Option(names = "--runs", defaultValue = "3", description = "runs of each measurement (default: ${DEFAULT-VALUE})")
    int runs;

    @Option(names = "--quick", description = "50,000 CDRs, one run: to see that it works, not how fast it is")
    boolean quick;

    @Option(names = "--seed", defaultValue = "20261123", description = "of the traffic (default: ${DEFAULT-VALUE})")
    long seed;

    @Option(
            names = "--only",
            split = ",",
            description = "measure only these: rocksdb, in_memory, plain, postgres, duckdb")
    List<String> only = new ArrayList<>();

    @Option(names = "--jfr", description = "record where settlement's time goes, and print the top methods")
    boolean jfr;

    @Option(
            names = "--java-opts",
            description = "of the measured processes (default: as bin/callclear starts settlement, but with 1 GiB of"
                    + " heap for each million of CDRs: what is settled stays in a store in memory)")
    @Nullable
    String javaOptions;

    @Option(names = "--broker-heap", defaultValue = "1g", description = "of the broker (default: ${DEFAULT-VALUE})")
    String brokerHeap;

    @Option(names = "--streams", description = "a setting of Kafka Streams to try, name=value; may be repeated")
    List<String> streams = new ArrayList<>();

    @Option(names = "--pg-bin", description = "folder of PostgreSQL's programs")
    @Nullable
    Path postgres;

    @Option(names = "--results", defaultValue = "results", description = "folder for the report")
    Path results;

    @Option(names = "--command", hidden = true, defaultValue = "bench/run settlement")
    String command;

    @Option(names = "--commit", hidden = true, defaultValue = "unknown")
    String commit;

    String javaOptions() {
        long heap = Math.max(1, reports() / 1_000_000);
        return javaOptions != null
                ? javaOptions
                // Before Java 25 headers cannot be compact.
                : "-Xms%1$dg -Xmx%1$dg -Xmn512m -XX:+UseParallelGC -XX:+IgnoreUnrecognizedVMOptions -XX:+UseCompactObjectHeaders"
                        .formatted(heap);
    }

    boolean wants(String measurement) {
        return only.isEmpty() || only.contains(measurement);
    }

    long reports() {
        return quick ? 50_000 : cdrs;
    }

    int times() {
        return quick ? 1 : runs;
    }
}
