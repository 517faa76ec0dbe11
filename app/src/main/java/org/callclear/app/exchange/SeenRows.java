package org.callclear.app.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells what the rows of one file say of one another. Keeps 36 bytes for each key, in an open table; keys that have
 * more than one version, which are few, stand beside it.
 */
final class SeenRows {
    private static final int FIRST_ROOM = 1 << 12;

    private long[] highs = new long[FIRST_ROOM];
    private long[] lows = new long[FIRST_ROOM];
    private long[] contents = new long[FIRST_ROOM];
    /** 0 where nothing stands: versions begin at 1. */
    private int[] versions = new int[FIRST_ROOM];

    private int[] lines = new int[FIRST_ROOM];
    private int count;
    private final Map<RowKey, List<Version>> further = new HashMap<>();
    private final Set<RowKey> backwards = new HashSet<>();

    private record Version(int version, long content, int line) {}

    /** What a row is beside those before it. */
    sealed interface Sight {
        /** Nothing was said under its key. */
        record First() implements Sight {}

        /** Another version of what was said under its key. */
        record Correction() implements Sight {}

        /** The same was said in another line. */
        record Repeated(long line) implements Sight {}

        /** Something else was said in another line, under the same version. */
        record Conflict(long line) implements Sight {}
    }

    /**
     * Looks at a row.
     *
     * @param content 64 bits of a digest of all that it says
     */
    Sight see(RowKey key, int version, long content, long line) {
        Version seen = new Version(version, content, Math.toIntExact(line));
        int place = place(key, highs, lows, versions);
        if (versions[place] == 0) {
            put(place, key, seen);
            return new Sight.First();
        }
        Version first = new Version(versions[place], contents[place], lines[place]);
        if (first.version == version) {
            return same(first, seen);
        }
        List<Version> others = further.computeIfAbsent(key, k -> new ArrayList<>(1));
        for (Version other : others) {
            if (other.version == version) {
                return same(other, seen);
            }
        }
        Version latest = others.isEmpty() ? first : others.getLast();
        if (version < latest.version) {
            backwards.add(key);
        }
        others.add(seen);
        return new Sight.Correction();
    }

    private static Sight same(Version before, Version seen) {
        return before.content == seen.content ? new Sight.Repeated(before.line) : new Sight.Conflict(before.line);
    }

    /** The keys under which a lower version comes after a higher one. */
    Set<RowKey> backwards() {
        return Set.copyOf(backwards);
    }

    /** How many rows those keys have. */
    long backwardsRows() {
        return backwards.stream()
                .mapToLong(key -> 1L + further.getOrDefault(key, List.of()).size())
                .sum();
    }

    private void put(int place, RowKey key, Version seen) {
        highs[place] = key.high();
        lows[place] = key.low();
        versions[place] = seen.version;
        contents[place] = seen.content;
        lines[place] = seen.line;
        count++;
        if (count * 4L > versions.length * 3L) {
            grow();
        }
    }

    private void grow() {
        int room = Math.multiplyExact(versions.length, 2);
        long[] newHighs = new long[room];
        long[] newLows = new long[room];
        long[] newContents = new long[room];
        int[] newVersions = new int[room];
        int[] newLines = new int[room];
        for (int i = 0; i < versions.length; i++) {
            if (versions[i] != 0) {
                int place = place(new RowKey(highs[i], lows[i]), newHighs, newLows, newVersions);
                newHighs[place] = highs[i];
                newLows[place] = lows[i];
                newContents[place] = contents[i];
                newVersions[place] = versions[i];
                newLines[place] = lines[i];
            }
        }
        highs = newHighs;
        lows = newLows;
        contents = newContents;
        versions = newVersions;
        lines = newLines;
    }

    /** Where a key stands, or would. */
    private static int place(RowKey key, long[] highs, long[] lows, int[] versions) {
        int mask = versions.length - 1;
        long mixed = (key.high() * 0x9E37_79B9_7F4A_7C15L ^ key.low()) * 0xC2B2_AE3D_27D4_EB4FL;
        int place = (int) (mixed >>> 32) & mask;
        while (versions[place] != 0 && (highs[place] != key.high() || lows[place] != key.low())) {
            place = place + 1 & mask;
        }
        return place;
    }
}
