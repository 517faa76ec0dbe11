package org.callclear.settlement.period;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.settlement.period.Closing.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosingTest {
    private static final Period NOVEMBER = Period.parse("2026-11").orElseThrow();

    @Test
    void theOpenPeriodClosesAndTheNextOpens() {
        assertThat(Closing.decide(command("x", "2026-11"), NOVEMBER, ""))
                .isEqualTo(new Decision.Close(NOVEMBER, Period.parse("2026-12").orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10", "2026-12", "2026-11-01", "2026-13", "november", "", "2026-11 "})
    void anyOtherPeriodIsRefused(String period) {
        assertThat(Closing.decide(command("x", period), NOVEMBER, "")).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void theSameCommandAgainIsNoError() {
        assertThat(Closing.decide(command("x", "2026-10"), NOVEMBER, "x")).isEqualTo(new Decision.Repeated("2026-11"));
    }

    @ParameterizedTest
    @CsvSource({"2026-12,2027-01", "2028-02-28,2028-02-29", "2026-12-31,2027-01-01"})
    void periodsFollowTheCalendar(String period, String next) {
        assertThat(Period.parse(period).orElseThrow().next().name()).isEqualTo(next);
    }

    @Test
    void thePeriodOfAnInstantGoesByTheZone() {
        Instant newYear = Instant.parse("2026-12-31T23:30:00Z");

        assertThat(Period.at(newYear, ZoneId.of("Europe/Berlin"), PeriodLength.DAY)
                        .name())
                .isEqualTo("2027-01-01");
    }

    private static ClosePeriod command(String id, String period) {
        return ClosePeriod.newBuilder().setCommandId(id).setPeriod(period).setRequestedBy("finance").setRequestedAt(Instant.EPOCH).setReason("month end").build();
    }
}
