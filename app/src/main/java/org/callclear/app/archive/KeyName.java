package org.callclear.app.archive;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.callclear.schemas.call.CallId;
import org.callclear.schemas.call.CarrierId;
import org.jspecify.annotations.Nullable;

/**
 * Whose numbers of when a key hides: those of the calls of one originating carrier that were born in one month.
 *
 * @param carrier the originating carrier as the record names it; {@link #NOBODY} where it names none there can be
 * @param month of the call id's birth, in UTC
 */
record KeyName(String carrier, YearMonth month) implements Comparable<KeyName> {
    /** Stands for a carrier where a record names none. */
    static final String NOBODY = "-";

    private static final int LAST_YEAR = 9999;

    /** @throws IllegalArgumentException when it is no carrier's id, or the year has more than four digits */
    KeyName {
        if (!carrier.equals(NOBODY)) {
            new CarrierId(carrier);
        }
        if (month.getYear() < 0 || month.getYear() > LAST_YEAR) {
            throw new IllegalArgumentException("month " + month + ": must be yyyy-MM");
        }
    }

    /**
     * The name of the key for what a record says of a call.
     *
     * @param carrier null or any text that a party wrote
     * @param callId null or any text that a party wrote; what is no call id has no birth, and the record's time counts
     * @param timestamp of the record, ms since 1970
     */
    static KeyName of(@Nullable String carrier, @Nullable String callId, long timestamp) {
        YearMonth month = callId != null && CallId.isValid(callId)
                ? month(CallId.parse(callId).bornAt())
                : month(Instant.ofEpochMilli(timestamp));
        boolean sensible = month.getYear() >= 1970 && month.getYear() <= LAST_YEAR;
        return new KeyName(
                carrier != null && isCarrier(carrier) ? carrier : NOBODY, sensible ? month : YearMonth.of(1970, 1));
    }

    private static YearMonth month(Instant at) {
        return YearMonth.from(at.atOffset(ZoneOffset.UTC));
    }

    private static boolean isCarrier(String text) {
        try {
            return new CarrierId(text).value().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public int compareTo(KeyName other) {
        int byCarrier = carrier.compareTo(other.carrier);
        return byCarrier != 0 ? byCarrier : month.compareTo(other.month);
    }

    @Override
    public String toString() {
        return carrier + " " + month;
    }
}
