package org.callclear.bench.sql;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The journal as files of comma-separated values, one for each table. */
public record CsvFolder(Path folder) {
    /** Path of each table's file, by the table's name. */
    public Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        for (String table : new String[] {"grants", "routes", "cdrs"}) {
            files.put(table, folder.resolve(table + ".csv").toString());
        }
        return files;
    }

    /** Reads all of them once: as the journal is for the others, they are in the system's file cache then. */
    public void readThrough() {
        for (String file : files().values()) {
            try {
                Files.copy(Path.of(file), OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(file + ": cannot be read", e);
            }
        }
    }
}
