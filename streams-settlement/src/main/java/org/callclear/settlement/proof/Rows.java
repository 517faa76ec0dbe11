package org.callclear.settlement.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Many rows of bytes, all of one width, in few objects. */
final class Rows {
    /** Few enough that no collector takes a chunk for a large object. */
    private static final int ROWS_TOGETHER = 1 << 12;

    private final int width;
    private final List<byte[]> chunks = new ArrayList<>();
    private long size;

    /** @param width bytes of a row */
    Rows(int width) {
        this.width = width;
    }

    /** One row more, of parts that together are as wide as a row. */
    void add(byte[]... parts) {
        int at = (int) (size % ROWS_TOGETHER) * width;
        if (at == 0) {
            chunks.add(new byte[ROWS_TOGETHER * width]);
        }
        for (byte[] part : parts) {
            System.arraycopy(part, 0, chunks.getLast(), at, part.length);
            at += part.length;
        }
        size++;
    }

    /** Some bytes of a row, from inclusive, to exclusive. */
    byte[] get(long row, int from, int to) {
        int at = (int) (row % ROWS_TOGETHER) * width;
        return Arrays.copyOfRange(chunks.get((int) (row / ROWS_TOGETHER)), at + from, at + to);
    }

    byte[] get(long row) {
        return get(row, 0, width);
    }

    long size() {
        return size;
    }
}
