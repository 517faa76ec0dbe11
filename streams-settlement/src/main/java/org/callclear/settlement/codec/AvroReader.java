package org.callclear.settlement.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A place in Avro binary. Whatever is malformed ends in an {@link IndexOutOfBoundsException} or an {@link IllegalArgumentException}. */
final class AvroReader {
    private final byte[] bytes;
    private int at;

    AvroReader(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    byte[] array() {
        return bytes;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    long readLong() {
        long raw = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes[at++];
            raw |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    int readInt() {
        return Math.toIntExact(readLong());
    }

    boolean readBoolean() {
        return bytes[at++] == 1;
    }

    String readString() {
        int length = length();
        if (length == 0) {
            return "";
        }
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** A text that is likely to be this one. */
    String readLikely(String likely) {
        int length = length();
        String text = NamePool.isSame(likely, bytes, at, length)
                ? likely
                : new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** A text that is likely to have been met before. */
    String readName(NamePool names) {
        int length = length();
        String name = names.name(bytes, at, length);
        at += length;
        return name;
    }

    @Nullable
    String readOptionalName(NamePool names) {
        return readIsThere() ? readName(names) : null;
    }

    @Nullable
    String readOptionalString() {
        return readIsThere() ? readString() : null;
    }

    /** Whether the second branch of a union with null follows. */
    boolean readIsThere() {
        return choice(2) == 1;
    }

    Instant readInstant() {
        return Instant.ofEpochMilli(readLong());
    }

    @Nullable
    Instant readOptionalInstant() {
        return readIsThere() ? readInstant() : null;
    }

    BigDecimal readDecimal(int scale) {
        int length = length();
        BigDecimal value = new BigDecimal(new BigInteger(bytes, at, length), scale);
        at += length;
        return value;
    }

    ByteBuffer readBytes() {
        int length = length();
        byte[] copy = java.util.Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return ByteBuffer.wrap(copy);
    }

    <E> E readEnum(E[] constants) {
        return constants[choice(constants.length)];
    }

    /** The number of elements in the next block of an array; 0 at its end. */
    int readBlock() {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        if (count > bytes.length) {
            throw new IllegalArgumentException("an array is too long");
        }
        return (int) count;
    }

    void skipLong() {
        readLong();
    }

    void skipBytes() {
        int length = length();
        at += length;
    }

    private int choice(int choices) {
        long chosen = readLong();
        if (chosen < 0 || chosen >= choices) {
            throw new IllegalArgumentException("no such choice: " + chosen);
        }
        return (int) chosen;
    }

    private int length() {
        long length = readLong();
        if (length < 0 || length > bytes.length - at) {
            throw new IllegalArgumentException("a length is out of range: " + length);
        }
        return (int) length;
    }
}
