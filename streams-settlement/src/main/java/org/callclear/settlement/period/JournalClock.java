package org.callclear.settlement.period;

import java.time.Instant;
import org.callclear.schemas.avro.JournalPlace;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.PeriodMarker;
import org.jspecify.annotations.Nullable;

/** Where a partition of the journal stands: its open period, and its time, which goes by what records say. */
public final class JournalClock {
    private static final long MILLIS = 1000;

    /** Before the first record. */
    public static final JournalPlace START = new JournalPlace(null, 0L, 0L);

    private JournalClock() {}

    /** The place once a record has shown that it is so late; the same object when that is nothing new. */
    public static JournalPlace advanced(JournalPlace place, Instant seen) {
        return seen.getEpochSecond() <= place.getLogSeconds()
                ? place
                : new JournalPlace(place.getPeriod(), place.getFromOffset(), seen.getEpochSecond());
    }

    /** The log time in ms since 1970, in whole seconds. */
    public static long millis(JournalPlace place) {
        return place.getLogSeconds() * MILLIS;
    }

    /** Whether a barrier closes the open period, or is the first where none is open. */
    public static boolean fits(JournalPlace place, PeriodBarrier barrier) {
        return java.util.Objects.equals(place.getPeriod(), barrier.getCloses());
    }

    /** The place after a barrier that fits. The first period also covers what stood before its barrier. */
    public static JournalPlace turned(JournalPlace place, PeriodBarrier barrier, long offset) {
        long from = barrier.getCloses() == null ? 0 : offset + 1;
        return new JournalPlace(barrier.getOpens(), from, place.getLogSeconds());
    }

    /** What tells the rest of settlement that a period is over; null for the first barrier, which ends none. */
    public static @Nullable PeriodMarker marker(JournalPlace place, PeriodBarrier barrier, int partition, long offset) {
        return barrier.getCloses() == null
                ? null
                : new PeriodMarker(
                        barrier.getCloses(),
                        barrier.getZone(),
                        partition,
                        barrier.getPartitions(),
                        place.getFromOffset(),
                        offset,
                        barrier.getCarriers());
    }

    /** @throws IllegalStateException when no barrier has opened a period yet: then intake broke its word */
    public static void requireOpen(JournalPlace place, int partition, String callId) {
        if (place.getPeriod() == null) {
            throw new IllegalStateException("settlement-journal partition " + partition + ": the report of call "
                    + callId + " stands before the first barrier");
        }
    }
}
