package org.callclear.settlement.codec;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Avro binary that grows. */
final class AvroWriter {
    private static final int LONGEST_NUMBER = 10;
    private static final char LAST_ASCII = 0x7f;

    private byte[] bytes;
    private int size;

    AvroWriter(int expected) {
        this.bytes = new byte[expected];
    }

    /** Begins anew. */
    void reset() {
        size = 0;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    void writeRaw(byte[] raw) {
        reserve(raw.length);
        System.arraycopy(raw, 0, bytes, size, raw.length);
        size += raw.length;
    }

    void writeLong(long value) {
        reserve(LONGEST_NUMBER);
        byte[] to = bytes;
        int at = size;
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7fL) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        size = at;
    }

    /** In the order of the schema's symbols, which is that of the constants generated from it. */
    @SuppressWarnings("EnumOrdinal")
    void writeEnum(Enum<?> constant) {
        writeLong(constant.ordinal());
    }

    void writeBoolean(boolean value) {
        reserve(1);
        bytes[size++] = (byte) (value ? 1 : 0);
    }

    void writeString(String text) {
        if (!writeAscii(text)) {
            writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Nearly all texts are such: one byte for each character, and no copy on the way. */
    private boolean writeAscii(String text) {
        int begun = size;
        int length = text.length();
        reserve(LONGEST_NUMBER + length);
        writeLong(length);
        byte[] to = bytes;
        int at = size;
        int seen = 0;
        for (int i = 0; i < length; i++) {
            char next = text.charAt(i);
            seen |= next;
            to[at + i] = (byte) next;
        }
        boolean ascii = seen <= LAST_ASCII;
        size = ascii ? at + length : begun;
        return ascii;
    }

    void writeOptional(@Nullable String text) {
        writeIsThere(text != null);
        if (text != null) {
            writeString(text);
        }
    }

    void writeOptional(@Nullable Long value) {
        writeIsThere(value != null);
        if (value != null) {
            writeLong(value);
        }
    }

    /** Which branch of a union with null follows. */
    void writeIsThere(boolean isThere) {
        writeLong(isThere ? 1 : 0);
    }

    /** @throws ArithmeticException when the value has more decimals */
    void writeDecimal(BigDecimal value, int scale) {
        BigDecimal fit = value.scale() == scale ? value : value.setScale(scale);
        writeBytes(fit.unscaledValue().toByteArray());
    }

    void writeBytes(byte[] content) {
        writeLong(content.length);
        writeRaw(content);
    }

    void writeBytes(ByteBuffer content) {
        byte[] copy = new byte[content.remaining()];
        content.duplicate().get(copy);
        writeBytes(copy);
    }

    /** The beginning of an array, which its elements follow; where there are none this is all of it. */
    void writeBlock(int elements) {
        writeLong(elements);
    }

    /** The end of an array that had elements. */
    void writeEnd(int elements) {
        if (elements > 0) {
            writeLong(0);
        }
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
