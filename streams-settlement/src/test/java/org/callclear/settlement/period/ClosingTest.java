package org.callclear.settlement.period;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.settlement.period.Closing.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClosingTest {
    private static final Instant NEW_YEAR = Instant.parse("2027-01-01T12:00:00Z");

    @Test
    void theOpenPeriodCloses() {
        assertThat(decide(command("2026-11"), NEW_YEAR, "2026-11")).isEqualTo(closes("2026-11"));
    }

    @Test
    void aNameClosesItInEveryZoneWhereItIsOpen() {
        assertThat(decide(
                        command("2026-11"),
                        NEW_YEAR,
                        "2026-11@Europe/Berlin",
                        "2026-11",
                        "2026-12@Asia/Tokyo",
                        "2026-W48"))
                .isEqualTo(closes("2026-11@Europe/Berlin", "2026-11"));
    }

    @Test
    void aZoneBesideTheNameOrInTheIdClosesItThereAlone() {
        ClosePeriod beside = command("2026-11", "Europe/Berlin", false);

        assertThat(decide(beside, NEW_YEAR, "2026-11", "2026-11@Europe/Berlin"))
                .isEqualTo(decide(command("2026-11@Europe/Berlin"), NEW_YEAR, "2026-11", "2026-11@Europe/Berlin"))
                .isEqualTo(closes("2026-11@Europe/Berlin"));
    }

    @Test
    void anIdAndAnotherZoneBesideItAreRefused() {
        ClosePeriod command = command("2026-11@Europe/Berlin", "UTC", false);

        assertThat(decide(command, NEW_YEAR, "2026-11", "2026-11@Europe/Berlin"))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void aPeriodIsOverWhenItIsOverInItsZone() {
        Instant overInBerlin = Instant.parse("2026-11-30T23:00:00Z");

        assertThat(decide(command("2026-11@Europe/Berlin"), overInBerlin, "2026-11@Europe/Berlin"))
                .isEqualTo(closes("2026-11@Europe/Berlin"));
        assertThat(decide(command("2026-11@Europe/Berlin"), overInBerlin.minusMillis(1), "2026-11@Europe/Berlin"))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void oneZoneWhereItIsNotOverKeepsItOpenInAll() {
        Instant overInBerlin = Instant.parse("2026-11-30T23:00:00Z");

        assertThat(decide(command("2026-11"), overInBerlin, "2026-11", "2026-11@Europe/Berlin"))
                .isInstanceOf(Decision.Refused.class);
    }

    @Test
    void aPeriodThatIsNotOverIsClosedOnDemand() {
        ClosePeriod command = command("2026-11", "", true);

        assertThat(decide(command, Instant.parse("2026-11-02T00:00:00Z"), "2026-11"))
                .isEqualTo(closes("2026-11"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-10",
                "2026-12",
                "2026-11-01",
                "2026-13",
                "2026-W48",
                "november",
                "",
                "2026-11 ",
                "2026-11@",
                "2026-11@Mars/Base",
                "@UTC"
            })
    void anyOtherPeriodIsRefused(String period) {
        assertThat(decide(command(period), NEW_YEAR, "2026-11")).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void aPeriodBeforeTheFirstThatWasOpenedIsNotSaidToBeClosed() {
        assertThat(decide(command("2026-10"), NEW_YEAR, "2026-11", "2026-11@Europe/Berlin"))
                .isEqualTo(
                        new Decision.Refused("2026-10 was never open here; what belongs to it stands in the open one; "
                                + "2026-11@Europe/Berlin, 2026-11 are open"));
    }

    @Test
    void thePeriodBeforeTheOneThatACloseOpenedIsClosed() {
        assertThat(refusal("2026-10", new Opening(period("2026-11"), "y"))).startsWith("2026-10 is closed already");
    }

    @Test
    void ofAnEarlierPeriodNobodyKnowsWhetherItWasClosedOrNeverOpen() {
        assertThat(refusal("2026-09", new Opening(period("2026-11"), "y")))
                .startsWith("2026-09 is not open any more, or never was");
    }

    @Test
    void whereOnlyOneZoneHasClosedItThatIsNotSaidOfAll() {
        assertThat(refusal(
                        "2026-10",
                        new Opening(period("2026-11"), "y"),
                        new Opening(period("2026-11@Europe/Berlin"), "")))
                .startsWith("2026-10 is not open any more, or never was");
    }

    private static String refusal(String period, Opening... open) {
        return ((Decision.Refused) Closing.decide(command(period), List.of(open), NEW_YEAR)).why();
    }

    @Test
    void theSameCommandAgainIsNoError() {
        List<Opening> open =
                List.of(new Opening(period("2026-12"), "x"), new Opening(period("2026-12@Europe/Berlin"), "y"));

        assertThat(Closing.decide(command("2026-11"), open, NEW_YEAR))
                .isEqualTo(new Decision.Repeated(List.of(period("2026-12"))));
    }

    private static Decision decide(ClosePeriod command, Instant now, String... open) {
        List<Opening> openings = Stream.of(open)
                .map(ClosingTest::period)
                .map(period -> new Opening(period, ""))
                .toList();
        return Closing.decide(command, openings, now);
    }

    private static Decision closes(String... periods) {
        return new Decision.Close(Stream.of(periods).map(ClosingTest::period).toList());
    }

    private static Period period(String id) {
        return Period.parse(id).orElseThrow();
    }

    private static ClosePeriod command(String period) {
        return command(period, "", false);
    }

    private static ClosePeriod command(String period, String zone, boolean early) {
        return ClosePeriod.newBuilder()
                .setCommandId("x")
                .setPeriod(period)
                .setRequestedBy("finance")
                .setRequestedAt(Instant.EPOCH)
                .setReason("month end")
                .setZone(zone)
                .setEarly(early)
                .build();
    }
}
