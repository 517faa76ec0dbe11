package org.callclear.settlement.proof;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.PartyName;

/**
 * What the lines of a carrier's calls are sorted by: the call, the attempt and the number of the entry. In bytes it is the
 * call id's 16, then four for the attempt and four for the number, biggest first, compared as unsigned.
 *
 * @param callId the call
 * @param leg the attempt, from 0
 * @param number which entry of that attempt, from 1
 */
public record LineKey(CallId callId, int leg, int number) implements Comparable<LineKey> {
    /** Bytes of a key. */
    public static final int SIZE = 24;

    private static final String FORM = "not CALL/LEG or CALL/LEG/NUMBER";

    /**
     * The key of an entry.
     *
     * @param entryId call id, slash, leg, and from the second entry of that attempt on slash and its number
     * @throws IllegalArgumentException when it is not the id of an entry of a call
     */
    public static LineKey of(String entryId) {
        String[] parts = entryId.split("/", -1);
        if (parts.length < 2 || parts.length > 3) {
            throw new IllegalArgumentException("entry '" + PartyName.shown(entryId) + "': " + FORM);
        }
        return new LineKey(
                CallId.parse(parts[0]), Integer.parseInt(parts[1]), parts.length == 2 ? 1 : Integer.parseInt(parts[2]));
    }

    /**
     * The key of an entry that somebody shows.
     *
     * @throws IllegalArgumentException when the text is not what {@link #entryId} writes
     */
    public static LineKey exactly(String entryId) {
        LineKey key;
        try {
            key = of(entryId);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("entry '" + PartyName.shown(entryId) + "': " + FORM, e);
        }
        if (key.leg < 0 || key.number < 1 || !key.entryId().equals(entryId)) {
            throw new IllegalArgumentException("entry '" + PartyName.shown(entryId) + "': " + FORM);
        }
        return key;
    }

    /** The id of the entry, in the one form that it has. */
    public String entryId() {
        return callId + "/" + leg + (number == 1 ? "" : "/" + number);
    }

    /** The key in bytes. */
    public byte[] bytes() {
        UUID call = callId.value();
        return ByteBuffer.allocate(SIZE)
                .putLong(call.getMostSignificantBits())
                .putLong(call.getLeastSignificantBits())
                .putInt(leg)
                .putInt(number)
                .array();
    }

    /** The key that bytes stand for. */
    public static LineKey of(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        UUID call = new UUID(from.getLong(), from.getLong());
        return new LineKey(new CallId(call), from.getInt(), from.getInt());
    }

    @Override
    public int compareTo(LineKey other) {
        return Arrays.compareUnsigned(bytes(), other.bytes());
    }
}
