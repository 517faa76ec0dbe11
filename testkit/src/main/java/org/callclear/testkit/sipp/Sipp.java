package org.callclear.testkit.sipp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A running sipp (package sip-tester). Its files stay in the directory it was given. */
public final class Sipp implements AutoCloseable {
    private static final Path[] PLACES = {Path.of("/usr/bin/sipp"), Path.of("/usr/local/bin/sipp")};

    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(30);

    /** Of a number that is answered, see the simulated network. */
    private static final String LAST_DIGITS = "00";

    private final Process process;
    private final Path directory;

    private Sipp(Process process, Path directory) {
        this.process = process;
        this.directory = directory;
    }

    /** Whether sipp is on this machine; tests that need it are skipped with a loud line when it is not. */
    public static boolean isInstalled() {
        boolean installed = Stream.of(PLACES).anyMatch(Files::isExecutable);
        if (!installed) {
            System.err.println("\n*** SKIPPED: sipp is not installed (Debian package sip-tester) ***\n");
        }
        return installed;
    }

    /** A PSTN that rings, answers and waits for BYE. */
    public static Sipp pstn(Path directory, InetSocketAddress listen) {
        return start(
                directory,
                "pstn.xml",
                UnaryOperator.identity(),
                List.of("-i", listen.getHostString(), "-p", Integer.toString(listen.getPort()), "-aa"));
    }

    /** What the callers do. */
    public record Callers(
            InetSocketAddress proxy,
            int localPort,
            String user,
            String password,
            String called,
            int calls,
            int perSecond,
            Duration talk) {}

    /** Callers with digest authentication, each of whom talks for a while and hangs up. */
    public static Sipp callers(Path directory, Callers callers) {
        return callers(directory, callers, "u1");
    }

    /** The same over one TCP connection for all calls: to the proxy, or to what wraps it in TLS. */
    public static Sipp callersByTcp(Path directory, Callers callers) {
        return callers(directory, callers, "t1");
    }

    /**
     * Callers as {@link #callers}, each of whom calls a number of its own, see {@link #numberOf}. They keep their rate
     * however many calls are up, wait for {@code patience} for each answer, and write down how long each answered call
     * had to wait, see {@link #waits}.
     */
    public static Sipp callersOfManyNumbers(Path directory, Callers callers, Duration patience) {
        List<String> arguments = new ArrayList<>(arguments(callers, "u1", patience));
        arguments.addAll(List.of("-l", Integer.toString(callers.calls()), "-trace_rtt", "-rtt_freq", "1"));
        return start(
                directory,
                "caller.xml",
                scenario -> scenario.replace("[service]", "[service][call_number]" + LAST_DIGITS),
                arguments);
    }

    /** @param ordinal of the call, from 1 on */
    public static String numberOf(Callers callers, int ordinal) {
        return callers.called() + ordinal + LAST_DIGITS;
    }

    private static Sipp callers(Path directory, Callers callers, String transport) {
        return start(directory, "caller.xml", UnaryOperator.identity(), arguments(callers, transport, USUAL_PATIENCE));
    }

    private static List<String> arguments(Callers callers, String transport, Duration patience) {
        return List.of(
                "-t",
                transport,
                callers.proxy().getHostString() + ":" + callers.proxy().getPort(),
                "-i",
                "127.0.0.1",
                "-p",
                Integer.toString(callers.localPort()),
                "-au",
                callers.user(),
                "-ap",
                callers.password(),
                "-s",
                callers.called(),
                "-key",
                "caller",
                callers.user(),
                "-m",
                Integer.toString(callers.calls()),
                "-r",
                Integer.toString(callers.perSecond()),
                "-d",
                Long.toString(callers.talk().toMillis()),
                "-recv_timeout",
                Long.toString(patience.toMillis()));
    }

    /** How the calls ended, once all have. */
    public record Result(int exitCode, String screen) {}

    /**
     * Waits for all calls to end.
     *
     * @throws AssertionError when they have not within the limit
     */
    public Result await(Duration limit) throws InterruptedException, IOException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("sipp still runs after " + limit + "; see " + directory);
        }
        return new Result(process.exitValue(), Files.readString(directory.resolve("out.txt")));
    }

    /** How long each answered call of {@link #callersOfManyNumbers} waited from its INVITE to the answer, in any order. */
    public List<Duration> waits() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> rtts = files.filter(file -> file.getFileName().toString().endsWith("_rtt.csv"))
                    .toList();
            List<Duration> waits = new ArrayList<>();
            for (Path file : rtts) {
                Files.readAllLines(file).stream()
                        .skip(1) // the headings
                        .map(line -> line.split(";", -1))
                        .filter(fields -> fields.length > 1)
                        .forEach(fields -> waits.add(Duration.ofMillis((long) Double.parseDouble(fields[1]))));
            }
            return waits;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(3, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static Sipp start(Path directory, String scenario, UnaryOperator<String> change, List<String> arguments) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(scenario);
            try (InputStream in = Objects.requireNonNull(Sipp.class.getResourceAsStream(scenario), scenario)) {
                Files.writeString(file, change.apply(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
            }
            List<String> command = new ArrayList<>(List.of("sipp", "-sf", file.toString(), "-nostdin", "-trace_err"));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("out.txt").toFile())
                    .start();
            return new Sipp(process, directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
