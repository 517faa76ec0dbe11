package org.callclear.bench.decks;

import java.io.PrintStream;
import java.util.List;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;
import org.callclear.bench.harness.Series;

/** Measures look-ups, memory and imports of a large deck, and writes down what came out. */
public final class DecksBench {
    private static final double MOST_BYTES = 64;
    private static final double MOST_SECONDS = 10;
    private static final double MOST_RESIDENT_MIB = 512;
    private static final double TIMES_FASTER = 6;

    private final DeckOptions options;

    /** @param options as they were typed */
    public DecksBench(DeckOptions options) {
        this.options = options;
    }

    /** Runs all; true when all that is asked of the deck was met. */
    public boolean run(PrintStream out) {
        Findings findings = new Findings("decks", "A rate deck of " + options.rows + " rows", options.plan);
        findings.remark("serial collector; " + options.lookups() + " look-ups in a run, seed " + options.seed);
        lookups(findings, new Lookups(options).measure());
        if (!options.noImport) {
            imports(findings, new ImportRuns(options).measure());
        }
        return findings.report(out);
    }

    private void lookups(Findings findings, Lookups.Result result) {
        Series deck = findings.measured("rate of the longest prefix in RateDeck", "ns", result.deckNanos());
        findings.measured("the same, when its whole row is made too", "ns", result.rowNanos());
        Series map = findings.measured(
                "rate of the longest prefix in HashMap, tried by falling length", "ns", result.mapNanos());
        findings.measured("RateDeck, all included", "bytes a row", List.of(result.deckBytes()));
        findings.measured("HashMap, all included", "bytes a row", List.of(result.mapBytes()));
        findings.ask(Asked.atMost(
                "numbers for which the two choose different rows, of " + options.lookups(),
                (double) result.different(),
                0));
        findings.ask(Asked.atMost("bytes a row", result.deckBytes(), MOST_BYTES));
        findings.ask(Asked.atLeast("look-ups for one in the map", map.median() / deck.median(), TIMES_FASTER));
    }

    private static void imports(Findings findings, ImportRuns.Result result) {
        findings.remark("imports: `bin/callclear` with 512 MiB of heap, from its start to its end");
        Series imports = findings.measured("decks import, a new revision", "s", result.imports());
        findings.measured("decks import of the same file again", "s", List.of(result.again()));
        findings.measured("rate quote --deck, which reads and checks the file alone", "s", List.of(result.reading()));
        findings.ask(Asked.atMost("an import, s", imports.median(), MOST_SECONDS));
        findings.ask(Asked.atMost(
                "most resident memory of these commands, heap and all else, MiB",
                (double) result.residentMib(),
                MOST_RESIDENT_MIB));
    }
}
