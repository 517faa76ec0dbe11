package org.callclear.bench.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The whole system, as an operator starts it: {@code bin/callclear up} on free ports. */
public final class WholeSystem implements AutoCloseable {
    private static final String READY = "READY";
    private static final int STOPS_WITHIN_SECONDS = 60;
    private static final double NANOS = 1e9;

    private final Process process;
    private final double readySeconds;

    private WholeSystem(Process process, double readySeconds) {
        this.process = process;
        this.readySeconds = readySeconds;
    }

    /**
     * Starts one and waits until it says that it is ready.
     *
     * @param home folder of the sources, where it was built
     * @param data its data directory; made when it is missing
     * @throws IOException when it ended before
     */
    public static WholeSystem start(Path home, Path data) throws IOException {
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(
                        home.resolve("bin").resolve("callclear").toString(),
                        "up",
                        "--data",
                        data.toString(),
                        "--sip-port",
                        "0",
                        "--registry-port",
                        "0",
                        "--kafka-port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        String line = lines.readLine();
        while (line != null && !line.contains(READY)) {
            line = lines.readLine();
        }
        if (line == null) {
            process.destroyForcibly();
            throw new IOException("the system did not come up");
        }
        return new WholeSystem(process, (System.nanoTime() - begun) / NANOS);
    }

    /** From its start to its word that it is ready, seconds. */
    public double readySeconds() {
        return readySeconds;
    }

    /** Asks it to stop, and kills it when it does not within a minute. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOPS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
