package org.callclear.bench.steady;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log of a virtual machine's collector and of its safepoints.
 *
 * @param pauses of the collector, in their order
 * @param stops of the whole machine, for the collector and for anything else, with the time until all threads stood
 */
record GcLog(List<Pause> pauses, List<Stop> stops) {
    private static final Pattern PAUSE =
            Pattern.compile("\\[([^]]+)] GC\\([0-9]+\\) (Pause .*) [0-9]+M->([0-9]+)M\\([0-9]+M\\) ([0-9.]+)ms");
    private static final Pattern SAFEPOINT =
            Pattern.compile("\\[([^]]+)] Safepoint \"([^\"]+)\".* Total: +([0-9]+) ns.*");
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx");
    private static final double NANOS_IN_MILLI = 1e6;

    /**
     * The collector stopped the program.
     *
     * @param kind as the log names it
     * @param leftMib heap in use after it
     */
    record Pause(Instant at, String kind, double millis, int leftMib) {
        /** Whether somebody asked for it with {@code jcmd}. */
        boolean wasAskedFor() {
            return kind.contains("Diagnostic Command") || kind.contains("Heap Inspection");
        }

        boolean isYoung() {
            return kind.startsWith("Pause Young");
        }
    }

    /** The virtual machine stood still. */
    record Stop(Instant at, String reason, double millis) {}

    /** What a virtual machine has to be told to write it. */
    static String option(Path file) {
        return "-Xlog:gc,safepoint:file=" + file + ":utctime:filecount=0";
    }

    static GcLog read(Path file) {
        try {
            return of(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }

    static GcLog of(List<String> lines) {
        return new GcLog(
                found(
                        lines,
                        PAUSE,
                        line -> new Pause(
                                at(line),
                                line.group(2),
                                Double.parseDouble(line.group(4)),
                                Integer.parseInt(line.group(3)))),
                found(
                        lines,
                        SAFEPOINT,
                        line -> new Stop(at(line), line.group(2), Long.parseLong(line.group(3)) / NANOS_IN_MILLI)));
    }

    /** What happened from one moment to the other, but for collections that were asked for. */
    GcLog between(Instant from, Instant to) {
        return new GcLog(
                pauses.stream()
                        .filter(pause -> isWithin(pause.at, from, to) && !pause.wasAskedFor())
                        .toList(),
                stops.stream().filter(stop -> isWithin(stop.at, from, to)).toList());
    }

    private static boolean isWithin(Instant at, Instant from, Instant to) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    private static <T> List<T> found(List<String> lines, Pattern pattern, Function<Matcher, T> made) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(made)
                .toList();
    }

    private static Instant at(Matcher line) {
        return OffsetDateTime.parse(line.group(1), UTC).toInstant();
    }
}
