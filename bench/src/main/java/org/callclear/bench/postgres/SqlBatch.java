package org.callclear.bench.postgres;

import java.util.Map;
import org.callclear.bench.books.SqlLines;
import org.callclear.bench.sql.Batch;
import org.callclear.bench.sql.CsvFolder;
import org.callclear.bench.sql.Script;

/** The sums of settlement as a batch of SQL. */
public final class SqlBatch {
    private final PostgresServer server;
    private final CsvFolder csv;

    /** @param csv which the server may read */
    public SqlBatch(PostgresServer server, CsvFolder csv) {
        this.server = server;
        this.csv = csv;
    }

    /** Runs once, from empty tables. */
    public Batch run() {
        server.run(Script.DROP);
        server.run(Script.TABLES);
        csv.readThrough();
        long begun = System.nanoTime();
        server.run("copy.sql", csv.files());
        long copied = System.nanoTime();
        server.run("analyze.sql", Map.of());
        long analyzed = System.nanoTime();
        server.run(Script.SETTLE);
        long summed = System.nanoTime();
        return new Batch(
                copied - begun, analyzed - copied, summed - analyzed, SqlLines.read(server.run("lines.sql", Map.of())));
    }
}
