package org.callclear.bench.decks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.callclear.bench.report.Machine;

/** Measures look-ups, memory and imports of a large deck, and writes down what came out. */
public final class DecksBench {
    private static final int MOST_BYTES = 64;
    private static final int MOST_SECONDS = 10;

    private final DeckOptions options;
    private final List<String> lines = new ArrayList<>();
    private boolean held = true;

    /** @param options as they were typed */
    public DecksBench(DeckOptions options) {
        this.options = options;
    }

    /** Runs all; true when all that is asked of the deck was met. */
    public boolean run(PrintStream out) {
        head();
        lookups(new Lookups(options).measure());
        if (!options.noImport) {
            imports(new ImportRuns(options).measure());
        }
        lines.forEach(out::println);
        write();
        return held;
    }

    private void head() {
        Machine machine = Machine.here();
        lines.add("# A rate deck of " + options.rows + " rows");
        lines.add("");
        lines.add("- at: " + Instant.now().truncatedTo(ChronoUnit.SECONDS));
        lines.add("- command: `" + options.command + "`");
        lines.add("- commit: " + options.commit);
        lines.add("- machine: " + machine.cores() + " cores, " + machine.memoryMib() + " MiB, " + machine.kernel());
        lines.add("- JDK: " + machine.jdk() + ", serial collector");
        lines.add("- load before: " + number(Machine.load(), 2));
        lines.add(
                "- medians of " + options.runs + " runs, " + options.lookups + " look-ups each, seed " + options.seed);
        lines.add("");
    }

    private void lookups(Lookups.Result result) {
        lines.add("| longest prefix in | ns a look-up | bytes a row |");
        lines.add("| --- | ---: | ---: |");
        lines.add(row(
                "RateDeck, which makes the chosen row", number(result.deckNanos(), 0), number(result.deckBytes(), 1)));
        lines.add(row("HashMap, tried by falling length", number(result.mapNanos(), 0), number(result.mapBytes(), 1)));
        lines.add("");
        check(result.different() == 0, "both choose the same row for each of " + options.lookups + " numbers");
        check(result.deckBytes() <= MOST_BYTES, "at most " + MOST_BYTES + " bytes a row, all included");
        check(result.deckNanos() < result.mapNanos(), "a look-up is faster than in the map");
    }

    private void imports(ImportRuns.Result result) {
        lines.add("");
        lines.add("| `bin/callclear`, 512 MiB heap, from its start to its end | s |");
        lines.add("| --- | ---: |");
        double median = Lookups.median(result.imports());
        lines.add(row("`decks import`, a new revision, median", number(median, 2)));
        for (int i = 0; i < result.imports().size(); i++) {
            lines.add(row("run " + (i + 1), number(result.imports().get(i), 2)));
        }
        lines.add(row("`decks import` of the same file again", number(result.again(), 2)));
        lines.add(row("`rate quote --deck`, which reads and checks the file alone", number(result.reading(), 2)));
        lines.add("");
        lines.add(
                "- most resident memory of one of these commands, heap and all else: " + result.residentMib() + " MiB");
        check(median < MOST_SECONDS, "an import takes less than " + MOST_SECONDS + " s");
    }

    private void check(boolean holds, String what) {
        held &= holds;
        lines.add("- " + what + ": " + (holds ? "met" : "MISSED"));
    }

    private void write() {
        try {
            Files.createDirectories(options.results);
            String name = "decks-"
                    + Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
            Files.writeString(options.results.resolve(name + ".md"), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(options.results + ": the report cannot be written", e);
        }
    }

    private static String row(String name, String... cells) {
        return "| " + name + " | " + String.join(" | ", cells) + " |";
    }

    private static String number(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
