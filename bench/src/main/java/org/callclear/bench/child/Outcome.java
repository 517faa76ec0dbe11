package org.callclear.bench.child;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What one run came to.
 *
 * @param records of the journal that were read; 0 where they are not counted
 * @param nanos from the start of consumption to the end
 * @param warmNanos of that, for the last seven tenths of the records; 0 where it is not measured
 * @param startMillis from the start of the client to the start of consumption
 * @param use what it took
 */
public record Outcome(long records, long nanos, long warmNanos, long startMillis, Use use) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOS = 1e9;
    private static final double WARM = 0.7;

    /** So many CDRs in that time, in CDRs a second. */
    public long rate(long cdrs) {
        return Math.round(cdrs / (nanos / NANOS));
    }

    /** The same over the last seven tenths of the records; 0 where it is not measured. */
    public long warmRate(long cdrs) {
        return warmNanos == 0 ? 0 : Math.round(cdrs * WARM / (warmNanos / NANOS));
    }

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
