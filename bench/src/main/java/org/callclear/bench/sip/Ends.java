package org.callclear.bench.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What sipp itself counted at one end: the last line of its statistics.
 *
 * @param calls that began
 * @param successful of them
 * @param failed of them, for any reason
 * @param retransmissions it sent
 */
public record Ends(long calls, long successful, long failed, long retransmissions) {
    static Ends read(Path statistics) {
        try {
            List<String> lines = Files.readAllLines(statistics);
            String[] names = lines.get(0).split(";", -1);
            String[] values = lines.get(lines.size() - 1).split(";", -1);
            Map<String, String> columns = new TreeMap<>();
            for (int i = 0; i < Math.min(names.length, values.length); i++) {
                columns.put(names[i], values[i]);
            }
            return new Ends(
                    number(columns, "TotalCallCreated"),
                    number(columns, "SuccessfulCall(C)"),
                    number(columns, "FailedCall(C)"),
                    number(columns, "Retransmissions(C)"));
        } catch (IOException e) {
            throw new UncheckedIOException(statistics + ": cannot be read", e);
        }
    }

    private static long number(Map<String, String> columns, String name) {
        String value = columns.get(name);
        if (value == null) {
            throw new IllegalStateException(
                    "sipp's statistics have no column " + name + ": " + new ArrayList<>(columns.keySet()));
        }
        return Long.parseLong(value);
    }
}
