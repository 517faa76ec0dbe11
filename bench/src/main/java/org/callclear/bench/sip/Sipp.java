package org.callclear.bench.sip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.callclear.bench.harness.TemporaryFolder;

/** sipp on both ends: one run at one rate, each with callers and a called end of its own. */
public final class Sipp {
    private static final String NUMBER = "4930777000100";
    /** A call that has waited so long for a message has failed. */
    private static final String PATIENCE_MILLIS = "6000";

    private static final long AFTER_SECONDS = 45;
    /** For sipp to start, and for the last call to end. */
    private static final long SLACK_SECONDS = 2;

    private static final double NANOS = 1e9;
    /** What the kernel gives without being asked for more. */
    private static final String BUFFER_BYTES = "212992";

    private final Path program;
    private final Path folder;
    private final int calledPort;
    private int runs;

    /**
     * Nothing runs yet.
     *
     * @param program sipp
     * @param folder where its scenarios and what it counts go
     * @param calledPort where the called end listens
     */
    public Sipp(Path program, Path folder, int calledPort) {
        this.program = program;
        this.folder = folder;
        this.calledPort = calledPort;
        for (String scenario : List.of("caller.xml", "caller-digest.xml", "called.xml")) {
            try {
                Files.writeString(folder.resolve(scenario), resource(scenario));
            } catch (IOException e) {
                throw new UncheckedIOException(folder + ": cannot be written to", e);
            }
        }
    }

    /**
     * What came of one run.
     *
     * @param callers as they counted
     * @param called as they counted
     * @param waits when they were asked for
     * @param seconds from the callers' start to the end of their last call
     * @param late whether that is longer than calls at that rate should take
     */
    public record Run(Ends callers, Ends called, Optional<Waits> waits, double seconds, boolean late) {
        /** Whether every call went well, in time, and nothing was sent twice. */
        boolean isClean() {
            return failed() == 0 && retransmissions() == 0 && !late;
        }

        /** Calls that did not end as they should. */
        public long failed() {
            return callers.calls() - callers.successful();
        }

        /** What either end had to send again. */
        public long retransmissions() {
            return callers.retransmissions() + called.retransmissions();
        }

        /** How it went, for a line of what is printed on the way. */
        public String words() {
            return callers.calls() + " calls, " + failed() + " failed, " + callers.retransmissions()
                    + " retransmissions by callers, " + called.retransmissions() + " by the called end"
                    + (late ? ", sipp was late" : "")
                    + waits.map(found -> ", p50 " + Waits.millis(found.ringing(), 50) + " ms, p99 "
                                    + Waits.millis(found.ringing(), 99) + " ms to 180")
                            .orElse("");
        }
    }

    /** Makes calls for so many seconds, waits for all to end, and counts. */
    public Run run(Way way, int rate, int seconds, boolean withWaits) {
        Path own = TemporaryFolder.made(folder.resolve("run-" + ++runs));
        Foreign called =
                Foreign.start(called(own), own, own.resolve("called.out")).listening(calledPort);
        try {
            long begun = System.nanoTime();
            try (Foreign callers =
                    Foreign.start(callers(own, way, rate, seconds, withWaits), own, own.resolve("callers.out"))) {
                if (!callers.ends(seconds + AFTER_SECONDS)) {
                    System.err.println("bench: " + way.name() + " at " + rate + "/s: calls did not end");
                }
            }
            double took = (System.nanoTime() - begun) / NANOS;
            awaitLastCount(own.resolve("called.csv"));
            Ends counted = Ends.read(own.resolve("callers.csv"));
            Optional<Waits> waits =
                    withWaits ? Optional.of(Waits.read(own.resolve("callers.log"), rate, rate)) : Optional.empty();
            return new Run(counted, Ends.read(own.resolve("called.csv")), waits, took, took > seconds + SLACK_SECONDS);
        } finally {
            called.close();
        }
    }

    /** The called end counts once a second; what it counted last has all that came before this. */
    private static void awaitLastCount(Path statistics) {
        long before = size(statistics);
        Tools.await(() -> size(statistics) > before, 3);
        long between = size(statistics);
        Tools.await(() -> size(statistics) > between, 3);
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be looked at", e);
        }
    }

    private List<String> called(Path own) {
        return words(own, "called", "-sf", folder.resolve("called.xml").toString(), "-p", Integer.toString(calledPort));
    }

    private List<String> callers(Path own, Way way, int rate, int seconds, boolean withWaits) {
        List<String> words = new ArrayList<>(words(
                own,
                "callers",
                "-sf",
                folder.resolve(way.scenario()).toString(),
                "127.0.0.1:" + way.port(),
                "-p",
                Integer.toString(Tools.freePort()),
                "-s",
                NUMBER,
                "-key",
                "caller",
                "alice",
                "-r",
                Integer.toString(rate),
                "-m",
                Integer.toString(rate * seconds),
                "-l",
                Integer.toString(rate * seconds), // as many at once as there are: the rate never waits for answers
                "-d",
                "0",
                "-recv_timeout",
                PATIENCE_MILLIS));
        words.addAll(way.callerWords());
        if (withWaits) {
            words.addAll(List.of(
                    "-trace_shortmsg",
                    "-shortmessage_file",
                    own.resolve("callers.log").toString()));
        }
        return words;
    }

    private List<String> words(Path own, String end, String... more) {
        List<String> words = new ArrayList<>(List.of(
                program.toString(),
                "-i",
                "127.0.0.1",
                "-nostdin",
                "-buff_size",
                BUFFER_BYTES,
                "-trace_stat",
                "-fd",
                "1",
                "-stf",
                own.resolve(end + ".csv").toString()));
        words.addAll(List.of(more));
        return words;
    }

    /** A text that is beside this class. */
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Sipp.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
