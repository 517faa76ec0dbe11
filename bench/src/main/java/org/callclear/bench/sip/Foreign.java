package org.callclear.bench.sip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of other people's in a process of its own; what it says goes to a file. */
final class Foreign implements AutoCloseable {
    private static final int SHOWN = 20;
    private static final long STOP_SECONDS = 5;

    private final Process process;
    private final Path said;

    private Foreign(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    static Foreign start(List<String> command, Path folder, Path said) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            Foreign foreign = new Foreign(process, said);
            foreign.endWithThisProgram();
            return foreign;
        } catch (IOException e) {
            throw new UncheckedIOException(command.get(0) + ": cannot be started", e);
        }
    }

    private void endWithThisProgram() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        } catch (IllegalStateException e) { // It ends at this moment.
            process.destroy();
            throw e;
        }
    }

    /** Waits until it has this UDP port. */
    Foreign listening(int port) {
        if (!Tools.await(() -> !process.isAlive() || Tools.isTaken(port), 10) || !process.isAlive()) {
            close();
            throw new IllegalStateException("does not listen on UDP port " + port + "; it said: " + tail());
        }
        return this;
    }

    /** Its process id. */
    long id() {
        return process.pid();
    }

    /** Whether it ended by itself within the time. */
    boolean ends(long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The end of what it said. */
    String tail() {
        try {
            List<String> lines = Files.readAllLines(said);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN), lines.size()));
        } catch (IOException e) {
            return said + " cannot be read";
        }
    }

    @Override
    public void close() {
        process.destroy();
        if (!ends(STOP_SECONDS)) {
            process.destroyForcibly();
        }
    }
}
