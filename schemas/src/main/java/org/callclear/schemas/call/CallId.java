package org.callclear.schemas.call;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The name of a call on all topics: a UUID version 7 (RFC 9562), minted by the originating proxy. Its first 48 bits
 * are the millisecond of its birth.
 */
public record CallId(UUID value) implements Comparable<CallId> {
    private static final int VERSION = 7;
    private static final int VARIANT = 2;
    private static final int LENGTH = 36;
    private static final int VERSION_AT = 14;
    private static final int VARIANT_AT = 19;

    /** @throws IllegalArgumentException when the UUID is not of version 7 */
    public CallId {
        if (value.version() != VERSION || value.variant() != VARIANT) {
            throw new IllegalArgumentException("not a UUID version 7: " + value);
        }
    }

    /** @throws IllegalArgumentException when the text is not the canonical form of a UUID version 7 */
    public static CallId parse(String text) {
        UUID uuid;
        try {
            uuid = UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a call id: " + PartyName.shown(text), e);
        }
        if (!uuid.toString().equals(text)) {
            throw new IllegalArgumentException("not the canonical form of a call id: " + PartyName.shown(text));
        }
        return new CallId(uuid);
    }

    /** Whether the text is the canonical form of a UUID version 7. It is asked for every report, so nothing is made of it. */
    public static boolean isValid(String text) {
        if (text.length() != LENGTH || text.charAt(VERSION_AT) != '7' || "89ab".indexOf(text.charAt(VARIANT_AT)) < 0) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            char c = text.charAt(i);
            if (hyphen ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }

    /** A new call id, born now. */
    public static CallId mint(Instant now, RandomGenerator random) {
        long high = (now.toEpochMilli() << 16) | (VERSION << 12) | (random.nextLong() & 0xfffL);
        long low = (random.nextLong() >>> 2) | (1L << 63);
        return new CallId(new UUID(high, low));
    }

    /** The millisecond in which the proxy minted it. */
    public Instant bornAt() {
        return Instant.ofEpochMilli(value.getMostSignificantBits() >>> 16);
    }

    @Override
    public int compareTo(CallId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
