package org.callclear.bench.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.callclear.bench.harness.Wait;

/** A Java program in a process of its own, with this process's class path. What it says goes to a file. */
public final class JavaChild implements AutoCloseable {
    private static final int NEEDS_A_WORD_FOR_UNSAFE = 23;
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final Path said;

    private JavaChild(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /**
     * Starts it.
     *
     * @param said where its output goes
     * @param options of the virtual machine
     */
    public static JavaChild start(Path said, List<String> options, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        if (Runtime.version().feature() >= NEEDS_A_WORD_FOR_UNSAFE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                    .start();
            JavaChild child = new JavaChild(process, said);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(mainClass + ": cannot be started", e);
        }
    }

    /** @throws IllegalStateException with the end of what it said, when it fails or takes longer */
    public void finish(long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not done after " + seconds + " s; it said: " + tail());
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("ended with status " + process.exitValue() + "; it said: " + tail());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            close();
        }
    }

    /** Writes a line to its standard input. */
    public void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("it does not listen any more; it said: " + tail(), e);
        }
    }

    /**
     * Waits for a file that it writes, whole, when it has done something.
     *
     * @param what it is then
     * @throws IllegalStateException with the end of what it said, when it ends without the file, or takes longer
     */
    public void await(String what, Path file, Duration within) {
        try {
            Wait.until(what, within, () -> Files.exists(file) || !process.isAlive());
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + "; it said: " + tail(), e);
        }
        if (!Files.exists(file)) {
            throw new IllegalStateException(what + ": it ended; it said: " + tail());
        }
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether it runs still. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its process id. */
    public long id() {
        return process.pid();
    }

    /** Processor time a process has used so far, ns; 0 where the system does not tell. */
    public static long cpuNanos(long id) {
        return ProcessHandle.of(id)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(0L);
    }

    /** The end of what it said. */
    public String tail() {
        try {
            List<String> lines = Files.readAllLines(said);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size()));
        } catch (IOException e) {
            return said + " cannot be read";
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
