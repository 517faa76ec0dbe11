package org.callclear.bench.child;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What a process came to that went through the journal {@value #PASSES} times, with nothing kept from one time to the next
 * but what the virtual machine had compiled.
 *
 * @param cold the first pass of the process
 * @param warm the last one
 */
public record Outcome(Pass cold, Pass warm) {
    /** How often the journal is gone through: by the last time hardly anything is left to compile. */
    public static final int PASSES = 3;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes it where the parent looks. */
    public void write(Path file) {
        try {
            JSON.writeValue(file.toFile(), this);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }

    /** Reads what a child wrote. */
    public static Outcome read(Path file) {
        try {
            return JSON.readValue(file.toFile(), Outcome.class);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }
}
