package org.callclear.settlement.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.stream.Stream;
import org.callclear.schemas.avro.PeriodLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
    @ParameterizedTest
    @CsvSource({
        "2026-12,2027-01",
        "2028-02-28,2028-02-29",
        "2026-12-31,2027-01-01",
        "2026-W48,2026-W49",
        "2026-W52,2026-W53",
        "2026-W53,2027-W01",
        "2025-W52,2026-W01",
        "2026-12@Europe/Berlin,2027-01@Europe/Berlin",
    })
    void periodsFollowTheCalendar(String period, String next) {
        assertThat(period(period).next()).isEqualTo(period(next));
        assertThat(period(period).next().id()).isEqualTo(next);
        assertThat(period(period).end()).isEqualTo(period(next).begin());
        assertThat(period(period)).isLessThan(period(next));
    }

    @ParameterizedTest
    @CsvSource({
        // the days on which the clocks change, and an ordinary one
        "2026-03-29@Europe/Berlin,2026-03-28T23:00:00Z,23",
        "2026-10-25@Europe/Berlin,2026-10-24T22:00:00Z,25",
        "2026-11-23@Europe/Berlin,2026-11-22T23:00:00Z,24",
        "2026-03-08@America/New_York,2026-03-08T05:00:00Z,23",
        "2026-11-01@America/New_York,2026-11-01T04:00:00Z,25",
        // midnight is skipped: the day begins at one o'clock
        "2018-11-04@America/Sao_Paulo,2018-11-04T03:00:00Z,23",
        "2024-04-26@Africa/Cairo,2024-04-25T22:00:00Z,23",
        // the hour before midnight comes twice
        "2018-02-17@America/Sao_Paulo,2018-02-17T02:00:00Z,25",
        // clocks set back across midnight: the day counts from the first time it comes
        "2010-11-06@America/St_Johns,2010-11-06T02:30:00Z,24",
        "2010-11-07@America/St_Johns,2010-11-07T02:30:00Z,25",
        // the day that never was
        "2011-12-30@Pacific/Apia,2011-12-30T10:00:00Z,0",
        "2026-11-23,2026-11-23T00:00:00Z,24",
        "2026-W13@Europe/Berlin,2026-03-22T23:00:00Z,167",
        "2026-W53,2026-12-28T00:00:00Z,168",
        "2026-10@Europe/Berlin,2026-09-30T22:00:00Z,745",
    })
    void aPeriodLastsAsItsZonesClocksHaveIt(String id, Instant begin, long hours) {
        assertThat(period(id).begin()).isEqualTo(begin);
        assertThat(Duration.between(begin, period(id).end())).isEqualTo(Duration.ofHours(hours));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTC",
                "Europe/Berlin",
                "America/New_York",
                "America/Sao_Paulo",
                "Africa/Cairo",
                "America/St_Johns",
                "Pacific/Apia",
                "Asia/Kathmandu"
            })
    void everyInstantFallsIntoThePeriodThatHoldsIt(String zone) {
        Random random = new Random(7);
        long from = Instant.parse("2009-01-01T00:00:00Z").toEpochMilli();
        long to = Instant.parse("2028-01-01T00:00:00Z").toEpochMilli();
        for (PeriodLength length : PeriodLength.values()) {
            Calendar calendar = Calendar.of(length, zone);
            for (int i = 0; i < 3_000; i++) {
                Instant instant = Instant.ofEpochMilli(random.nextLong(from, to));
                Period period = Period.at(instant, calendar);
                assertThat(instant).isBetween(period.begin(), period.end().minusMillis(1));
                assertThat(Period.at(period.begin(), calendar)).isEqualTo(period);
                assertThat(Period.parse(period.id())).contains(period);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2010-11-07T02:31:30Z,2010-11-07@America/St_Johns", // 00:01 to 23:01 has happened: 23:01:30 of the 6th again
        "2026-12-31T23:30:00Z,2027-01-01@Europe/Berlin",
        "2027-01-01T00:00:00Z,2026-W53",
        "2027-01-04T00:00:00Z,2027-W01",
        "2024-12-30T00:00:00Z,2025-W01",
        "2026-11-30T23:59:59.999Z,2026-11",
    })
    void thePeriodOfAnInstantGoesByItsZone(Instant instant, String id) {
        assertThat(Period.at(instant, period(id).calendar()).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-13",
                "2026-1",
                "2026-02-30",
                "2026-W00",
                "2026-W54",
                "2025-W53",
                "2026-w48",
                "2026W48",
                "2026-11@",
                "2026-11@UTC",
                "2026-11@Mars/Base",
                "2026-11@Europe/Berlin@UTC",
                "",
                "+2026-11",
            })
    void whatIsNoIdIsNone(String text) {
        assertThat(Period.parse(text)).isEmpty();
    }

    @Test
    void anIdOfAnotherLengthIsNotWhatWasAskedFor() {
        assertThat(Period.parse("2026-11", PeriodLength.DAY, PeriodLength.WEEK)).isEmpty();
        assertThat(Period.parse("2026-W48", PeriodLength.WEEK)).isPresent();
    }

    @Test
    void periodsOfACalendarAreInTheOrderOfTime() {
        assertThat(Stream.of("2027-W01", "2026-W53", "2026-W02")
                        .map(PeriodTest::period)
                        .sorted())
                .extracting(Period::id)
                .containsExactly("2026-W02", "2026-W53", "2027-W01");
    }

    @Test
    void aWeekDoesNotStartOnATuesday() {
        Calendar weeks = Calendar.of(PeriodLength.WEEK, "UTC");
        LocalDate tuesday = LocalDate.of(2026, 11, 24);

        assertThatThrownBy(() -> new Period(weeks, tuesday)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Period period(String id) {
        return Period.parse(id).orElseThrow(() -> new AssertionError("no period: " + id));
    }
}
