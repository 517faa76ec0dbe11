package org.callclear.settlement.seal;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where in each partition of postings the earliest entry may stand that is in no published statement. It is kept as the
 * metadata of the committed offset of the drafts: in one step with it, and for as long.
 *
 * @param offsets by partition; 0 where there is none
 */
record ScanStarts(Map<Integer, Long> offsets) {
    static final ScanStarts BEGINNING = new ScanStarts(Map.of());

    private static final Pattern FORM = Pattern.compile("postings( \\d{1,9}:\\d{1,18})*");
    private static final Pattern PART = Pattern.compile(" (\\d+):(\\d+)");

    /** As long as a broker usually takes it. */
    private static final int LONGEST = 4096;

    ScanStarts {
        offsets = Map.copyOf(offsets);
    }

    /** Whether it says anything of a partition; where not, reading begins at what is left of it. */
    boolean knows(int partition) {
        return offsets.containsKey(partition);
    }

    long of(int partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    /** The text to keep; it says nothing where the partitions are too many for it. */
    String text() {
        String text = new TreeMap<>(offsets)
                .entrySet().stream()
                        .map(start -> " " + start.getKey() + ":" + start.getValue())
                        .collect(Collectors.joining("", "postings", ""));
        return text.length() > LONGEST ? "" : text;
    }

    /** What {@link #text} meant. Any other text means the beginning: there too all is found, only later. */
    static ScanStarts read(String text) {
        if (!FORM.matcher(text).matches()) {
            return BEGINNING;
        }
        Map<Integer, Long> offsets = new HashMap<>();
        for (Matcher part = PART.matcher(text); part.find(); ) {
            offsets.put(Integer.valueOf(part.group(1)), Long.valueOf(part.group(2)));
        }
        return new ScanStarts(offsets);
    }
}
