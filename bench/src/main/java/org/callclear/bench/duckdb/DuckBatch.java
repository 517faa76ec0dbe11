package org.callclear.bench.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.callclear.bench.books.SqlLines;
import org.callclear.bench.sql.Batch;
import org.callclear.bench.sql.CsvFolder;
import org.callclear.bench.sql.Script;

/** The sums of settlement by DuckDB, in this process and on as many threads as the others have processors. */
public final class DuckBatch {
    private final Path folder;
    private final CsvFolder csv;

    /** @param folder for what comes out */
    public DuckBatch(Path folder, CsvFolder csv) {
        this.folder = folder;
        this.csv = csv;
    }

    /**
     * Runs once, from empty tables in memory.
     *
     * @throws IllegalStateException with what DuckDB said when it fails
     */
    public Batch run() {
        csv.readThrough();
        Path lines = folder.resolve("duckdb-lines.csv");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = " + Runtime.getRuntime().availableProcessors());
            statement.execute("SET integer_division = true");
            statement.execute(Script.TABLES.text());
            long begun = System.nanoTime();
            for (var file : csv.files().entrySet()) {
                statement.execute(
                        "COPY " + file.getKey() + " FROM '" + file.getValue() + "' (FORMAT csv, HEADER false)");
            }
            long copied = System.nanoTime();
            statement.execute(Script.SETTLE.text());
            long summed = System.nanoTime();
            statement.execute(
                    "COPY (SELECT carrier, side, counterparty, destination, prefix, rate, currency, calls, seconds,"
                            + " billed_seconds, units, micros FROM lines) TO '" + lines
                            + "' (FORMAT csv, HEADER false)");
            return new Batch(copied - begun, 0, summed - copied, SqlLines.read(lines));
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB: " + e.getMessage(), e);
        }
    }
}
