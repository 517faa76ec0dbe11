package org.callclear.bench.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What every database is asked. */
public enum Script {
    /** Takes away what the run before made. */
    DROP("drop.sql"),

    /** Makes empty tables. */
    TABLES("tables.sql"),

    /** Dedupes, joins, prices and adds up into the table {@code lines}. */
    SETTLE("settle.sql");

    private final String file;

    Script(String file) {
        this.file = file;
    }

    /** Name of its file. */
    public String file() {
        return file;
    }

    /** Its text. */
    public String text() {
        try (InputStream text = Objects.requireNonNull(Script.class.getResourceAsStream(file), file)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }
}
