package org.callclear.bench.decks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.callclear.bench.child.WholeSystem;
import org.callclear.bench.harness.TemporaryFolder;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;

/** Times the product's own command, as an operator runs it, against a system of its own. */
final class ImportRuns {
    private static final long LOOK_MILLIS = 20;
    private static final long KIB = 1024;
    private static final double NANOS = 1e9;
    private static final int STOPS_WITHIN_SECONDS = 60;

    private final DeckOptions options;
    private final Path program;

    ImportRuns(DeckOptions options) {
        this.options = options;
        this.program = options.home.resolve("bin").resolve("callclear");
    }

    /**
     * What came out, seconds from the start of the command to its end, the Java machine's own start included.
     *
     * @param imports of a new revision each
     * @param again of the last file once more, which writes nothing
     * @param reading of a quote from the file alone: it is read and checked, and no broker is asked
     * @param residentMib the most that any of the commands had in memory, heap and all else; 0 where the system does not say
     */
    record Result(List<Double> imports, double again, double reading, long residentMib) {}

    private long resident;

    Result measure() {
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            return measure(folder.path());
        } catch (IOException e) {
            throw new UncheckedIOException("the import cannot be measured", e);
        }
    }

    private Result measure(Path folder) throws IOException {
        Path data = folder.resolve("data");
        WholeSystem system = WholeSystem.start(options.home, data);
        try {
            Path file = folder.resolve("bench-deck.csv");
            List<Double> imports = new ArrayList<>();
            for (int run = 0; run < options.plan.runs(); run++) {
                write(file, new DeckMaker(options.seed + run).rows(options.rows));
                imports.add(imported(file, data));
            }
            double again = imported(file, data);
            double reading = seconds(
                    "rate",
                    "quote",
                    "--deck",
                    file.toString(),
                    "--called",
                    "4930123456",
                    "--answered",
                    "2026-06-01T00:00:00Z",
                    "--seconds",
                    "60");
            return new Result(imports, again, reading, resident / KIB);
        } finally {
            system.close();
        }
    }

    /** Looks now and then at the most it has had in memory so far, until it ends. */
    private void watch(Process process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try {
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS) && Files.isReadable(status)) {
                resident = Math.max(resident, highWater(status));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** In KiB; 0 when it has just ended. */
    private static long highWater(Path status) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Each file has rows of its own: that the ones before are gone is meant. */
    private double imported(Path file, Path data) throws IOException {
        return seconds(
                "decks",
                "import",
                file.toString(),
                "--currency",
                "EUR",
                "--drop-history",
                "a deck that was made up",
                "--data",
                data.toString());
    }

    private double seconds(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        watch(process);
        waitFor(process);
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return (System.nanoTime() - begun) / NANOS;
    }

    private static void waitFor(Process process) throws IOException {
        try {
            if (!process.waitFor(STOPS_WITHIN_SECONDS * 2L, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("a command did not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void write(Path file, List<RateRow> rows) throws IOException {
        try (BufferedWriter csv = Files.newBufferedWriter(file)) {
            csv.write("prefix,destination,rate_per_minute,initial_seconds,increment_seconds,connect_fee,valid_from,"
                    + "valid_to,status\n");
            for (RateRow row : rows) {
                csv.write(String.join(
                        ",",
                        row.getPrefix(),
                        row.getDestination(),
                        row.getRatePerMinute().toPlainString(),
                        Integer.toString(row.getInitialSeconds()),
                        Integer.toString(row.getIncrementSeconds()),
                        row.getConnectFee().toPlainString(),
                        row.getValidFrom().toString(),
                        "",
                        row.getStatus() == RateStatus.BLOCKED_RATE ? "BLOCKED" : "ACTIVE"));
                csv.newLine();
            }
        }
    }
}
