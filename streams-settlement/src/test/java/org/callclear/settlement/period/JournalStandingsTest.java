package org.callclear.settlement.period;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.callclear.schemas.avro.JournalStanding;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.PeriodLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JournalStandingsTest {
    private static final Calendar MONTHS = Calendar.of(PeriodLength.MONTH, "UTC");
    private static final Calendar BERLIN = Calendar.of(PeriodLength.MONTH, "Europe/Berlin");
    private static final Instant NOVEMBER = Instant.parse("2026-11-20T12:00:00Z");

    private final PeriodFinder finder = new PeriodFinder();

    @Test
    void calendarsOpenAndCloseByThemselves() {
        JournalStanding standing = turned(JournalStandings.start(), null, "2026-11", "UTC", 3);
        standing = turned(standing, null, "2026-11@Europe/Berlin", "Europe/Berlin", 5);
        standing = turned(standing, "2026-11@Europe/Berlin", "2026-12@Europe/Berlin", "Europe/Berlin", 9);

        assertThat(JournalStandings.openPeriod(standing, MONTHS)).hasValueSatisfying(is("2026-11"));
        assertThat(JournalStandings.openPeriod(standing, BERLIN)).hasValueSatisfying(is("2026-12@Europe/Berlin"));
        assertThat(JournalStandings.openPeriod(standing, Calendar.of(PeriodLength.DAY, "UTC")))
                .isEmpty();
    }

    @Test
    void theMarkerSpansFromTheBarrierBeforeToThisOne() {
        JournalStanding first = turned(JournalStandings.start(), null, "2026-W48", "UTC", 3);
        PeriodBarrier closes = barrier("2026-W48", "2026-W49", "UTC");
        JournalStanding second = JournalStandings.turned(first, closes, 8);
        PeriodBarrier next = barrier("2026-W49", "2026-W50", "UTC");

        assertThat(JournalStandings.marker(JournalStandings.start(), barrier(null, "2026-W48", "UTC"), 2, 3))
                .isNull();
        assertThat(JournalStandings.marker(first, closes, 2, 8)).satisfies(marker -> {
            assertThat(marker.getPeriod()).isEqualTo("2026-W48");
            assertThat(marker.getLength()).isEqualTo(PeriodLength.WEEK);
            assertThat(marker.getFromOffset()).isZero();
            assertThat(marker.getToOffset()).isEqualTo(8);
            assertThat(marker.getSourcePartition()).isEqualTo(2);
            assertThat(marker.getCarriers()).containsExactly("acme");
        });
        assertThat(JournalStandings.marker(second, next, 2, 11))
                .satisfies(marker -> assertThat(marker.getFromOffset()).isEqualTo(9));
    }

    @Test
    void aBarrierThatDoesNotFollowDoesNotFit() {
        JournalStanding standing = turned(JournalStandings.start(), null, "2026-11", "UTC", 0);

        assertThat(JournalStandings.fits(standing, barrier(null, "2026-11", "UTC")))
                .isFalse();
        assertThat(JournalStandings.fits(standing, barrier("2026-10", "2026-11", "UTC")))
                .isFalse();
        assertThat(JournalStandings.fits(standing, barrier("2026-11", "2026-12", "UTC")))
                .isTrue();
        assertThat(JournalStandings.fits(
                        standing, barrier("2026-11@Europe/Berlin", "2026-12@Europe/Berlin", "Europe/Berlin")))
                .isFalse();
        assertThat(JournalStandings.fits(standing, barrier(null, "2026-11@Europe/Berlin", "Europe/Berlin")))
                .isTrue();
    }

    @Test
    void aBarrierThatBearsTheNameAndTheZoneBesideItIsUnderstood() {
        JournalStanding standing = turned(JournalStandings.start(), null, "2026-11", "Europe/Berlin", 0);

        assertThat(JournalStandings.openPeriod(standing, BERLIN)).hasValueSatisfying(is("2026-11@Europe/Berlin"));
    }

    @Test
    void logTimeNeverGoesBack() {
        JournalStanding late = JournalStandings.advanced(JournalStandings.start(), NOVEMBER);

        assertThat(JournalStandings.advanced(late, NOVEMBER.minusSeconds(1))).isSameAs(late);
        assertThat(JournalStandings.millis(JournalStandings.advanced(late, NOVEMBER.plusMillis(1_700))))
                .isEqualTo(NOVEMBER.plusSeconds(1).toEpochMilli());
    }

    @Test
    void anEntryIsPostedToTheLaterOfTheOpenPeriodAndItsOwn() {
        JournalStanding standing = turned(JournalStandings.start(), null, "2026-11", "UTC", 0);

        assertThat(posted(standing, MONTHS, "2026-10-31T12:00:00Z")).isEqualTo("2026-11");
        assertThat(posted(standing, MONTHS, "2026-11-30T23:59:59.999Z")).isEqualTo("2026-11");
        assertThat(posted(standing, MONTHS, "2026-12-01T00:00:00Z")).isEqualTo("2026-12");
        assertThat(posted(standing, MONTHS, "2027-02-01T00:00:00Z")).isEqualTo("2027-02");
        JournalStanding closed = turned(standing, "2026-11", "2026-12", "UTC", 7);
        assertThat(posted(closed, MONTHS, "2026-11-30T23:59:59.999Z")).isEqualTo("2026-12");
    }

    @Test
    void thePeriodOfTheLogTimeCountsAsOpenWhereNoBarrierCame() {
        JournalStanding standing = JournalStandings.advanced(JournalStandings.start(), NOVEMBER);

        assertThat(posted(standing, BERLIN, "2026-10-01T00:00:00Z")).isEqualTo("2026-11@Europe/Berlin");
        assertThat(posted(standing, BERLIN, "2026-11-30T23:00:00Z")).isEqualTo("2026-12@Europe/Berlin");
    }

    private String posted(JournalStanding standing, Calendar calendar, String ratedAt) {
        return finder.postedTo(standing, calendar, Instant.parse(ratedAt).toEpochMilli())
                .id();
    }

    private static java.util.function.Consumer<Period> is(String id) {
        return period -> assertThat(period.id()).isEqualTo(id);
    }

    private static JournalStanding turned(
            JournalStanding standing, @Nullable String closes, String opens, String zone, long offset) {
        PeriodBarrier barrier = barrier(closes, opens, zone);
        assertThat(JournalStandings.fits(standing, barrier)).isTrue();
        return JournalStandings.turned(standing, barrier, offset);
    }

    private static PeriodBarrier barrier(@Nullable String closes, String opens, String zone) {
        return PeriodBarrier.newBuilder()
                .setCloses(closes)
                .setOpens(opens)
                .setCarriers(List.of("acme"))
                .setCommandId("")
                .setAt(NOVEMBER)
                .setZone(zone)
                .setPartitions(4)
                .build();
    }
}
