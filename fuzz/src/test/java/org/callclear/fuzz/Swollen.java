package org.callclear.fuzz;

import java.util.Arrays;

/**
 * Lets a small input stand for a large one, so that what is quadratic shows. An input that begins with {@code FF} and a
 * byte from 0 to 31 is a head, a piece and a tail with {@code FF} between them; the piece is repeated two to the power
 * of the byte times, within the limit. Any other input stands for itself.
 */
public final class Swollen {
    private static final byte MARK = (byte) 0xFF;
    private static final int MOST = 31;

    private Swollen() {}

    /** @param limit bytes at most */
    public static byte[] of(byte[] data, int limit) {
        boolean marked = data.length > 2 && data[0] == MARK && data[1] >= 0 && data[1] <= MOST;
        if (!marked) {
            return data.length <= limit ? data : Arrays.copyOf(data, limit);
        }
        int first = find(data, 2);
        int second = find(data, Math.min(first + 1, data.length));
        int piece = Math.max(0, second - first - 1);
        int ends = first - 2 + Math.max(0, data.length - second - 1);
        long wanted = (1L << data[1]) * piece;
        int repeated = piece == 0 ? 0 : (int) Math.max(0, Math.min(wanted, limit - ends) / piece);
        byte[] whole = new byte[Math.min(limit, ends + repeated * piece)];
        int at = copy(data, 2, first, whole, 0);
        for (int i = 0; i < repeated; i++) {
            at = copy(data, first + 1, second, whole, at);
        }
        copy(data, Math.min(second + 1, data.length), data.length, whole, at);
        return whole;
    }

    /** An input that stands for a large one. */
    public static byte[] make(int power, byte[] head, byte[] piece, byte[] tail) {
        byte[] data = new byte[4 + head.length + piece.length + tail.length];
        data[0] = MARK;
        data[1] = (byte) power;
        int at = copy(head, 0, head.length, data, 2);
        data[at] = MARK;
        at = copy(piece, 0, piece.length, data, at + 1);
        data[at] = MARK;
        copy(tail, 0, tail.length, data, at + 1);
        return data;
    }

    private static int find(byte[] data, int from) {
        for (int i = from; i < data.length; i++) {
            if (data[i] == MARK) {
                return i;
            }
        }
        return data.length;
    }

    private static int copy(byte[] from, int begin, int end, byte[] into, int at) {
        int length = Math.min(end - begin, into.length - at);
        if (length <= 0) {
            return at;
        }
        System.arraycopy(from, begin, into, at, length);
        return at + length;
    }
}
