package org.callclear.bench.sip;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * How long calls waited, from the callers' log of messages. A wait begins when its call was due, so that a call that sipp
 * sent late, because it was busy with others, counts in full (no coordinated omission).
 *
 * @param ringing from the first INVITE to 180, microseconds
 * @param answered from the first INVITE to 200
 * @param ringingProved from the last INVITE, the one with credentials where a password is asked for, to 180
 */
public record Waits(Histogram ringing, Histogram answered, Histogram ringingProved) {
    private static final int TIME = 2;
    private static final int SENT = 3;
    private static final int CALL = 4;
    private static final int CSEQ = 5;
    private static final int FIRST_LINE = 6;
    private static final double MICROS = 1e6;
    private static final double MICROS_OF_A_MILLISECOND = 1_000;

    /** The instants of one call, seconds; zero where there was none. */
    private static final class Instants {
        private double invited;
        private double proved;
        private double rang;
        private double answered;
    }

    /**
     * Reads the log of calls that were made at an even rate.
     *
     * @param skipped so many of the first calls do not count
     */
    static Waits read(Path log, int rate, int skipped) {
        Map<Integer, Instants> calls = new TreeMap<>();
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(calls, line.split("\t", -1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(log + ": cannot be read", e);
        }
        return of(calls, rate, skipped);
    }

    /** Milliseconds at a percentile of what was recorded in microseconds. */
    static double millis(Histogram micros, int percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS_OF_A_MILLISECOND;
    }

    private static void take(Map<Integer, Instants> calls, String[] fields) {
        if (fields.length <= FIRST_LINE || !fields[CSEQ].endsWith(" INVITE")) {
            return;
        }
        int number = Integer.parseInt(fields[CALL].substring(0, fields[CALL].indexOf('-')));
        double at = Double.parseDouble(fields[TIME]);
        Instants call = calls.computeIfAbsent(number, first -> new Instants());
        if (fields[SENT].equals("S")) {
            call.invited = call.invited == 0 ? at : call.invited;
            call.proved = at;
        } else if (fields[FIRST_LINE].startsWith("SIP/2.0 180")) {
            call.rang = call.rang == 0 ? at : call.rang;
        } else if (fields[FIRST_LINE].startsWith("SIP/2.0 200")) {
            call.answered = call.answered == 0 ? at : call.answered;
        }
    }

    private static Waits of(Map<Integer, Instants> calls, int rate, int skipped) {
        // The earliest that the first call can have been due, by the promptest of all.
        double begun = calls.entrySet().stream()
                .mapToDouble(call -> call.getValue().invited - (call.getKey() - 1) / (double) rate)
                .min()
                .orElse(0);
        Waits waits = new Waits(new Histogram(3), new Histogram(3), new Histogram(3));
        calls.forEach((number, call) -> {
            double late = call.invited - begun - (number - 1) / (double) rate;
            if (number > skipped && call.rang > 0 && call.answered > 0) {
                waits.ringing.recordValue(Math.round((call.rang - call.invited + late) * MICROS));
                waits.answered.recordValue(Math.round((call.answered - call.invited + late) * MICROS));
                waits.ringingProved.recordValue(Math.max(0, Math.round((call.rang - call.proved) * MICROS)));
            }
        });
        return waits;
    }
}
