package org.callclear.schemas.rating;

import java.math.BigDecimal;
import java.time.Instant;
import org.callclear.schemas.avro.RateRow;
import org.callclear.schemas.avro.RateStatus;
import org.jspecify.annotations.Nullable;

/**
 * What a row says besides its prefix, destination and rate. Many rows of a deck say the same, and share one of these.
 *
 * @param fromMillis inclusive
 * @param toMillis exclusive; {@link #OPEN} when it holds until further notice
 */
record RateDeckConditions(
        long fromMillis,
        long toMillis,
        int initialSeconds,
        int incrementSeconds,
        BigDecimal connectFee,
        RateStatus status,
        long revision) {
    /** The end of what has none. */
    static final long OPEN = Long.MAX_VALUE;

    /** Decimals of a rate and of a fee. */
    static final int SCALE = 6;

    static RateDeckConditions of(long revision, RateRow row) {
        @Nullable Instant to = row.getValidTo();
        return new RateDeckConditions(
                row.getValidFrom().toEpochMilli(),
                to == null ? OPEN : to.toEpochMilli(),
                row.getInitialSeconds(),
                row.getIncrementSeconds(),
                row.getConnectFee().setScale(SCALE),
                row.getStatus(),
                revision);
    }

    boolean isLiveAt(long millis) {
        return fromMillis <= millis && millis < toMillis;
    }

    /** When a row with these begins or ends next, after an instant; else {@link #OPEN}. */
    long nextChange(long afterMillis) {
        if (fromMillis > afterMillis) {
            return fromMillis;
        }
        return toMillis > afterMillis ? toMillis : OPEN;
    }

    RateRow row(String prefix, String destination, BigDecimal ratePerMinute) {
        return new RateRow(
                prefix,
                destination,
                ratePerMinute,
                initialSeconds,
                incrementSeconds,
                connectFee,
                Instant.ofEpochMilli(fromMillis),
                toMillis == OPEN ? null : Instant.ofEpochMilli(toMillis),
                status);
    }
}
