package org.callclear.testkit.sipp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running sipp (package sip-tester). Its files stay in the directory it was given. */
public final class Sipp implements AutoCloseable {
    private static final Path[] PLACES = {Path.of("/usr/bin/sipp"), Path.of("/usr/local/bin/sipp")};

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

    private static Sipp callers(Path directory, Callers callers, String transport) {
        return start(
                directory,
                "caller.xml",
                List.of(
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
                        "30000"));
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

    private static Sipp start(Path directory, String scenario, List<String> arguments) {
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(scenario);
            try (InputStream in = Objects.requireNonNull(Sipp.class.getResourceAsStream(scenario), scenario)) {
                Files.write(file, in.readAllBytes());
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
