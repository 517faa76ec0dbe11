package org.callclear.app.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Reads one file of a log from batch to batch.
 *
 * <p>The layout is Kafka's record batch, version 2: base offset (8 bytes), length of what follows (4), leader epoch (4),
 * magic (1), CRC-32C (4) of the rest, of which the first are attributes (2) and last offset delta (4). No checksum covers
 * offset, length and epoch. A wrong offset or epoch shows by the order of the batches: neither ever goes back. A wrong
 * length looks like a batch that a kill cut short; but then something sound is left behind the place.
 */
final class SegmentCheck {
    private static final int LENGTH_AT = 8;
    private static final int AFTER_LENGTH = 12;
    private static final int EPOCH_AT = 12;
    private static final int MAGIC_AT = 16;
    private static final int CRC_AT = 17;
    private static final int AFTER_CRC = 21;
    private static final int LAST_OFFSET_DELTA_AT = 23;
    private static final int SMALLEST_LENGTH = 49;
    private static final int NAME_DIGITS = 20;
    private static final byte MAGIC = 2;

    private final Path file;
    private final ByteBuffer bytes;
    private final int size;
    private long nextOffset;
    private int epoch = -1;

    private SegmentCheck(Path file, ByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes;
        this.size = bytes.capacity();
        this.nextOffset = Long.parseLong(String.valueOf(file.getFileName()).substring(0, NAME_DIGITS));
    }

    /**
     * Checks all batches of a file.
     *
     * @param file named by its first offset, as Kafka does
     * @param mayBeTorn whether the last batch may be incomplete
     * @throws StackException naming the file and the position of the first damage
     */
    static void check(Path file, boolean mayBeTorn) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            new SegmentCheck(file, bytes).check(mayBeTorn);
        }
    }

    private void check(boolean mayBeTorn) {
        for (int at = 0; at < size; at += AFTER_LENGTH + length(at)) {
            if (endsBeyond(at)) {
                if (!mayBeTorn || isSoundBehind(at)) {
                    throw damaged("damaged at byte " + at);
                }
                return;
            }
            if (length(at) < SMALLEST_LENGTH || !isSound(at, length(at))) {
                throw damaged("damaged at byte " + at);
            }
            requireInOrder(at);
        }
    }

    private boolean endsBeyond(int at) {
        return size - at < AFTER_LENGTH || length(at) > size - at - AFTER_LENGTH;
    }

    private void requireInOrder(int at) {
        if (bytes.getLong(at) < nextOffset || bytes.getInt(at + EPOCH_AT) < epoch) {
            throw damaged("damaged at byte " + at + " or in the batch before it, for they are out of order");
        }
        nextOffset = bytes.getLong(at) + bytes.getInt(at + LAST_OFFSET_DELTA_AT) + 1;
        epoch = bytes.getInt(at + EPOCH_AT);
    }

    /** Whether the bytes from here to the end are one whole batch, or a later batch stands anywhere in them. */
    private boolean isSoundBehind(int torn) {
        int smallest = AFTER_LENGTH + SMALLEST_LENGTH;
        if (size - torn >= smallest && isSound(torn, size - torn - AFTER_LENGTH)) {
            return true;
        }
        for (int at = torn + 1; at <= size - smallest; at++) {
            if (bytes.get(at + MAGIC_AT) == MAGIC
                    && length(at) >= SMALLEST_LENGTH
                    && !endsBeyond(at)
                    && bytes.getLong(at) >= nextOffset
                    && isSound(at, length(at))) {
                return true;
            }
        }
        return false;
    }

    private int length(int at) {
        return bytes.getInt(at + LENGTH_AT);
    }

    private boolean isSound(int at, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(at + AFTER_CRC, AFTER_LENGTH + length - AFTER_CRC));
        return bytes.get(at + MAGIC_AT) == MAGIC && bytes.getInt(at + CRC_AT) == (int) crc.getValue();
    }

    private StackException damaged(String where) {
        return new StackException(file + ": " + where
                + "; Kafka would drop all records from there on, so put the data directory back from a copy");
    }
}
