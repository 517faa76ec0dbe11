package org.callclear.bench.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.callclear.bench.books.Ledger;
import org.callclear.bench.books.SqlLines;

/** The sums of settlement as a batch of SQL. */
public final class SqlBatch {
    private final PostgresServer server;
    private final Map<String, String> files;

    /** @param csv the folder with grants.csv, routes.csv and cdrs.csv, which the server may read */
    public SqlBatch(PostgresServer server, Path csv) {
        this.server = server;
        this.files = Map.of(
                "grants", csv.resolve("grants.csv").toString(),
                "routes", csv.resolve("routes.csv").toString(),
                "cdrs", csv.resolve("cdrs.csv").toString());
    }

    /**
     * What one run took, and what came out.
     *
     * @param copyNanos to load the files
     * @param analyzeNanos to look at what was loaded
     * @param sumNanos to dedupe, join, price and add up
     */
    public record Batch(long copyNanos, long analyzeNanos, long sumNanos, Ledger ledger) {
        /** All three together, ns. */
        public long nanos() {
            return copyNanos + analyzeNanos + sumNanos;
        }
    }

    /** Runs once, from empty tables. */
    public Batch run() {
        server.run("drop.sql", Map.of());
        server.run("tables.sql", Map.of());
        files.values().forEach(SqlBatch::readThrough);
        long copy = timed("copy.sql", files);
        long analyze = timed("analyze.sql", Map.of());
        long sum = timed("settle.sql", Map.of());
        return new Batch(copy, analyze, sum, SqlLines.read(server.run("lines.sql", Map.of())));
    }

    /** As the journal is for the others: in the system's file cache. */
    private static void readThrough(String file) {
        try {
            Files.copy(Path.of(file), OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    private long timed(String script, Map<String, String> variables) {
        long begun = System.nanoTime();
        server.run(script, variables);
        return System.nanoTime() - begun;
    }
}
