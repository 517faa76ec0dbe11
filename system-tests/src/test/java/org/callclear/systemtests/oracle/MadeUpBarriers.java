package org.callclear.systemtests.oracle;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.systemtests.oracle.MadeUpCall.Carrier;
import org.callclear.systemtests.oracle.MadeUpCall.Timed;
import org.jspecify.annotations.Nullable;

/** When which period ends. */
final class MadeUpBarriers {
    static final List<PlainCalendar> CALENDARS = List.of(
            new PlainCalendar(PeriodLength.MONTH, "UTC"),
            new PlainCalendar(PeriodLength.MONTH, "Europe/Berlin"),
            new PlainCalendar(PeriodLength.WEEK, "America/New_York"),
            new PlainCalendar(PeriodLength.DAY, "Asia/Kolkata"));

    private static final Duration HALF_A_DAY = Duration.ofHours(12);
    private static final Duration A_WEEK = Duration.ofDays(7);
    private static final Duration SEVEN_WEEKS = Duration.ofDays(49);

    private MadeUpBarriers() {}

    /**
     * All barriers.
     *
     * @param aligned whether each noon, from before the first record until after the last, has one, and no other time has
     */
    static List<Timed> of(List<Carrier> carriers, boolean aligned, Dice dice) {
        List<Timed> barriers = new ArrayList<>();
        for (PlainCalendar calendar : CALENDARS) {
            List<String> members = carriers.stream()
                    .filter(carrier -> carrier.originating().calendar.equals(calendar)
                            || carrier.terminating().calendar.equals(calendar))
                    .map(Carrier::id)
                    .toList();
            boolean everyNoon = aligned && calendar.length() == PeriodLength.DAY;
            LocalDate period =
                    calendar.periodOf(calendar.dayOf(MadeUpJournal.START.minus(everyNoon ? A_WEEK : HALF_A_DAY)));
            barriers.add(barrier(MadeUpJournal.START.minus(A_WEEK).toEpochMilli(), calendar, null, period, members));
            Instant end = MadeUpJournal.END.plus(everyNoon ? SEVEN_WEEKS : Duration.ZERO);
            while (calendar.begin(period).isBefore(end)) {
                LocalDate next = calendar.next(period);
                long at = noonAfter(calendar, next) + (aligned ? 0 : dice.between(0, 64_800_000));
                barriers.add(barrier(at, calendar, period, next, members));
                period = next;
            }
        }
        return barriers;
    }

    /** Noon, some days after the period's end. */
    private static long noonAfter(PlainCalendar calendar, LocalDate next) {
        int days = switch (calendar.length()) {
            case DAY -> 2;
            case WEEK -> 3;
            case MONTH -> 5;
        };
        return next.plusDays(days).atTime(12, 0).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static Timed barrier(
            long at, PlainCalendar calendar, @Nullable LocalDate closes, LocalDate opens, List<String> carriers) {
        String name = calendar.name(opens);
        return new Timed(
                at,
                PeriodBarrier.newBuilder()
                        .setCloses(closes == null ? null : calendar.name(closes))
                        .setOpens(name)
                        .setCarriers(carriers)
                        .setCommandId(closes == null ? "" : "close-" + calendar.name(closes))
                        .setAt(Instant.ofEpochMilli(at))
                        .setZone(calendar.zone())
                        .setPartitions(0)
                        .setLength(calendar.length())
                        .build());
    }
}
