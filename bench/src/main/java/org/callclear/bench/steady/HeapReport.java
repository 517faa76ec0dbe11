package org.callclear.bench.steady;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.callclear.bench.harness.Asked;
import org.callclear.bench.harness.Findings;

/** By how much more is alive in the heap, what that is, and how much of it is by design. */
final class HeapReport {
    private static final double GROWS_PERCENT = 10;
    private static final double MIB = 1 << 20;
    private static final int MOST_CLASSES = 12;

    private final LiveObjects before;
    private final LiveObjects after;

    HeapReport(LiveObjects before, LiveObjects after) {
        this.before = before;
        this.after = after;
    }

    void tell(Findings findings) {
        long grown = after.bytes() - before.bytes();
        long byDesign = Arrays.stream(Book.values())
                .mapToLong(book -> book.growth(before, after))
                .sum();
        findings.measured("live heap before", "MiB", List.of(before.bytes() / MIB));
        findings.measured("live heap after", "MiB", List.of(after.bytes() / MIB));
        findings.measured("growth of the live heap", "MiB", List.of(grown / MIB));
        findings.measured("growth of memories that are bounded", "MiB", List.of(byDesign / MIB));
        for (Book book : Book.values()) {
            findings.remark("bounded memory: " + book.words(before, after));
        }
        findings.remark("classes that grew most, by themselves: " + classes());
        findings.ask(Asked.atMost(
                "growth of the live heap beyond memories that are bounded, %",
                100.0 * (grown - byDesign) / before.bytes(), GROWS_PERCENT));
    }

    private String classes() {
        return after.since(before).stream()
                .limit(MOST_CLASSES)
                .map(growth -> String.format(
                        Locale.ROOT, "%s %.1f MiB (%d)", growth.name(), growth.bytes() / MIB, growth.count()))
                .collect(Collectors.joining(", "));
    }
}
