package org.callclear.fuzz;

import java.util.Arrays;

/**
 * What a disk may do to a file: an input is read as where and how. The first byte is the kind, the next three the place,
 * the rest bytes.
 */
public final class Damage {
    private static final int KINDS = 6;
    private static final int BEGIN = 4;
    private static final int LONGEST_BURST = 4;

    /** What was done. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** The end is missing from a place on. */
        TORN,
        /** The end is zeros from a place on: its length reached the disk, its content did not. */
        ZEROED,
        /** Up to four bytes in a row are others. */
        FLIPPED,
        /** A piece is missing. */
        LOST,
        /** A piece stands there twice. */
        DOUBLED
    }

    /**
     * A file after it.
     *
     * @param kind what was done
     * @param at the first byte that may differ
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Damaged(Kind kind, int at, byte[] file) {}

    private Damage() {}

    /** The file with the damage that the input says. */
    public static Damaged of(byte[] input, byte[] file) {
        if (input.length < BEGIN || file.length == 0) {
            return new Damaged(Kind.NONE, file.length, file.clone());
        }
        Kind kind = Kind.values()[(input[0] & 0xFF) % KINDS];
        int place = ((input[1] & 0xFF) << 16 | (input[2] & 0xFF) << 8 | (input[3] & 0xFF)) % file.length;
        byte[] rest = Arrays.copyOfRange(input, BEGIN, input.length);
        return new Damaged(kind, place, apply(kind, place, rest, file));
    }

    private static byte[] apply(Kind kind, int place, byte[] rest, byte[] file) {
        int length = rest.length == 0 ? 1 : Math.min((rest[0] & 0xFF) + 1, file.length - place);
        return switch (kind) {
            case NONE -> file.clone();
            case TORN -> Arrays.copyOf(file, place);
            case ZEROED -> Arrays.copyOf(Arrays.copyOf(file, place), file.length);
            case FLIPPED -> {
                byte[] flipped = file.clone();
                for (int i = 0; i < Math.min(rest.length, LONGEST_BURST) && place + i < file.length; i++) {
                    flipped[place + i] ^= rest[i];
                }
                yield flipped;
            }
            case LOST -> join(Arrays.copyOf(file, place), Arrays.copyOfRange(file, place + length, file.length));
            case DOUBLED -> join(Arrays.copyOf(file, place + length), Arrays.copyOfRange(file, place, file.length));
        };
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
