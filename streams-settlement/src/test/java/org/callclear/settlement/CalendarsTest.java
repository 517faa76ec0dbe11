package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.Terms.by;
import static org.callclear.testkit.settlement.CallStory.Terms.perMinute;
import static org.callclear.testkit.settlement.CallStory.aCall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.testkit.settlement.CallStory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each side of a call is settled by its contract's calendar. */
class CalendarsTest {
    private static final RateTerms OWED = perMinute("EUR", "0.012");
    private static final RateTerms DUE = perMinute("EUR", "0.010");
    private static final String BERLIN = "Europe/Berlin";

    @Test
    void whereTheSidesHaveOtherPeriodsTheFeeStandsOnceInEach() {
        try (World world = World.open("2026-11", "2026-11-23@Europe/Berlin")) {
            CallStory call = aCall("two calendars").priced(OWED, by(PeriodLength.DAY, BERLIN, DUE));

            world.settle(call);

            assertThat(world.books(call))
                    .containsExactly(
                            "ENTRY carrier:acme 0.012000 EUR in 2026-11",
                            "ENTRY carrier:zenith -0.010000 EUR in 2026-11-23@Europe/Berlin",
                            "ENTRY clearinghouse:fee -0.012000 EUR in 2026-11",
                            "ENTRY clearinghouse:fee 0.010000 EUR in 2026-11-23@Europe/Berlin");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DAY,   UTC,              2026-01-01,                  2026-11-23T23:30:00Z, 2026-11-23",
        "DAY,   Europe/Berlin,    2026-01-01@Europe/Berlin,    2026-11-23T23:30:00Z, 2026-11-24@Europe/Berlin",
        "WEEK,  UTC,              2026-W01,                    2026-11-22T23:59:59Z, 2026-W47",
        "WEEK,  UTC,              2026-W01,                    2026-11-23T00:00:00Z, 2026-W48",
        "WEEK,  Europe/Berlin,    2026-W01@Europe/Berlin,      2026-11-22T23:00:00Z, 2026-W48@Europe/Berlin",
        "WEEK,  UTC,              2026-W01,                    2027-01-03T23:59:59Z, 2026-W53",
        "MONTH, America/New_York, 2026-01@America/New_York,    2026-12-01T04:59:59Z, 2026-11@America/New_York",
        "MONTH, America/New_York, 2026-01@America/New_York,    2026-12-01T05:00:00Z, 2026-12@America/New_York",
        // the day that is an hour short: no 02:30 on it
        "DAY,   Europe/Berlin,    2026-01-01@Europe/Berlin,    2026-03-28T22:59:59Z, 2026-03-28@Europe/Berlin",
        "DAY,   Europe/Berlin,    2026-01-01@Europe/Berlin,    2026-03-28T23:00:00Z, 2026-03-29@Europe/Berlin",
        "DAY,   Europe/Berlin,    2026-01-01@Europe/Berlin,    2026-03-29T01:30:00Z, 2026-03-29@Europe/Berlin",
        "DAY,   Europe/Berlin,    2026-01-01@Europe/Berlin,    2026-03-29T21:59:59Z, 2026-03-29@Europe/Berlin",
        "DAY,   Europe/Berlin,    2026-01-01@Europe/Berlin,    2026-03-29T22:00:00Z, 2026-03-30@Europe/Berlin",
        // the day that is an hour long: 02:30 twice
        "DAY,   Europe/Berlin,    2026-01-01@Europe/Berlin,    2026-10-24T21:59:59Z, 2026-10-24@Europe/Berlin",
        "DAY,   Europe/Berlin,    2026-01-01@Europe/Berlin,    2026-10-25T00:30:00Z, 2026-10-25@Europe/Berlin",
        "DAY,   Europe/Berlin,    2026-01-01@Europe/Berlin,    2026-10-25T01:30:00Z, 2026-10-25@Europe/Berlin",
        "DAY,   Europe/Berlin,    2026-01-01@Europe/Berlin,    2026-10-25T22:59:59Z, 2026-10-25@Europe/Berlin",
        "DAY,   Europe/Berlin,    2026-01-01@Europe/Berlin,    2026-10-25T23:00:00Z, 2026-10-26@Europe/Berlin",
    })
    void aCallStandsInThePeriodOfItsAnswer(
            PeriodLength length, String zone, String open, Instant answered, String period) {
        try (World world = World.open(open)) {
            CallStory call = aCall("call").answeredAt(answered).priced(by(length, zone, OWED), by(length, zone, DUE));

            world.settle(call);

            assertThat(world.books(call))
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(line).endsWith(" in " + period));
        }
    }

    @ParameterizedTest
    @CsvSource({"2026-03-29, 2026-03-30, 2026-03-29T01:30:00Z", "2026-10-25, 2026-10-26, 2026-10-25T01:30:00Z"})
    void theDaysOnWhichClocksChangeAreClosedLikeAnyOther(String day, String next, Instant answered) throws IOException {
        try (World world = World.open(day + "@Europe/Berlin")) {
            RateTerms owed = by(PeriodLength.DAY, BERLIN, OWED);
            world.settle(aCall("that day").answeredAt(answered).priced(owed, by(PeriodLength.DAY, BERLIN, DUE)))
                    .settle(aCall("next day")
                            .answeredAt(answered.plusSeconds(86_400))
                            .priced(owed, by(PeriodLength.DAY, BERLIN, DUE)));

            world.close(day + "@Europe/Berlin", next + "@Europe/Berlin", "acme");

            JsonNode statement = tree(world.statements("acme").getFirst());
            assertThat(statement.at("/trailer/originating/calls").asLong()).isEqualTo(1);
            assertThat(statement.toString()).contains("\"first_answer_date\":\"" + day + "\"");
        }
    }

    @Test
    void aCallAnsweredInTheNextPeriodIsNotOnTheOneThatClosesLate() throws IOException {
        try (World world = World.inNovember()) {
            CallStory november = aCall("november");
            CallStory december = aCall("december").answeredAt(Instant.parse("2026-12-01T00:00:00Z"));
            world.settle(november).settle(december);

            world.close("2026-11", "2026-12", "acme").close("2026-12", "2027-01", "acme");

            assertThat(world.books(december))
                    .allSatisfy(line -> assertThat(line).endsWith(" in 2026-12"));
            assertThat(calls(world.statements("acme"))).containsExactly(1L, 1L);
        }
    }

    @Test
    void aCallThatComesAfterTheCloseStandsInTheOpenPeriodOnALineThatNamesItsOwn() throws IOException {
        try (World world = World.inNovember()) {
            CallStory late = aCall("late");
            CallStory inTime = aCall("in time").answeredAt(Instant.parse("2026-12-01T00:00:00Z"));
            world.close("2026-11", "2026-12", "acme").settle(late).settle(inTime);

            world.close("2026-12", "2027-01", "acme");

            assertThat(world.books(late)).allSatisfy(line -> assertThat(line).endsWith(" in 2026-12 of 2026-11"));
            JsonNode lines = tree(world.statements("acme").get(1)).at("/lines");
            assertThat(lines).hasSize(2);
            assertThat(lines.findValuesAsText("origin_period")).contains("2026-11");
            assertThat(calls(world.statements("acme"))).containsExactly(0L, 2L);
        }
    }

    @Test
    void dayOfTheFirstCallIsThatOfThePeriodsZone() throws IOException {
        try (World world = World.open("2026-11@Europe/Berlin")) {
            RateTerms owed = by(PeriodLength.MONTH, BERLIN, OWED);
            world.settle(aCall("after midnight")
                    .answeredAt(Instant.parse("2026-11-23T23:30:00Z"))
                    .priced(owed, by(PeriodLength.MONTH, BERLIN, DUE)));

            world.close("2026-11@Europe/Berlin", "2026-12@Europe/Berlin", "acme");

            assertThat(tree(world.statements("acme").getFirst()).toString())
                    .contains("\"first_answer_date\":\"2026-11-24\"");
        }
    }

    @Test
    void statementsOfACarrierAreNumberedWithoutGapsWhateverTheirCalendars() {
        try (World world = World.open("2026-11", "2026-11-23@Europe/Berlin")) {
            world.settle(aCall("call").priced(OWED, by(PeriodLength.DAY, BERLIN, DUE)));

            world.close("2026-11-23@Europe/Berlin", "2026-11-24@Europe/Berlin", "zenith")
                    .close("2026-11", "2026-12", "zenith")
                    .close("2026-11-24@Europe/Berlin", "2026-11-25@Europe/Berlin", "zenith");

            assertThat(world.statements("zenith"))
                    .extracting(StatementDraft::getPeriod)
                    .containsExactly("2026-11-23@Europe/Berlin", "2026-11", "2026-11-24@Europe/Berlin");
            assertThat(world.statements("zenith"))
                    .extracting(StatementDraft::getSequence)
                    .containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void aStatementShowsOnlyWhatItsOwnCalendarSettles() throws IOException {
        try (World world = World.open("2026-11", "2026-11-23@Europe/Berlin")) {
            world.settle(aCall("call").priced(OWED, by(PeriodLength.DAY, BERLIN, DUE)));

            world.close("2026-11", "2026-12", "acme", "zenith")
                    .close("2026-11-23@Europe/Berlin", "2026-11-24@Europe/Berlin", "acme", "zenith");

            assertThat(lines(world.statements("acme"))).containsExactly(1, 0);
            assertThat(lines(world.statements("zenith"))).containsExactly(0, 1);
        }
    }

    @Test
    void aPeriodInWhichNothingHappenedHasAStatementAllTheSame() throws IOException {
        try (World world = World.open("2026-W47")) {
            world.close("2026-W47", "2026-W48", "acme").close("2026-W48", "2026-W49", "acme");

            assertThat(lines(world.statements("acme"))).containsExactly(0, 0);
            assertThat(world.statements("acme"))
                    .extracting(StatementDraft::getSequence)
                    .containsExactly(1L, 2L);
        }
    }

    /** While no barrier has opened their calendar, calls are posted by log time: these three to three periods. */
    @Test
    void linesOfEarlierPeriodsThatMeetInTheFirstOneClosedAreAddedUp() throws IOException {
        Instant august = Instant.parse("2026-08-15T12:00:00Z");
        try (World world = World.open()) {
            world.logTime(Instant.parse("2026-09-10T12:00:00Z"))
                    .settle(aCall("one").answeredAt(august).talked(60));
            world.logTime(Instant.parse("2026-10-10T12:00:00Z"))
                    .settle(aCall("two").answeredAt(august).talked(120));
            world.begin("2026-11").settle(aCall("three").answeredAt(august).talked(240));

            world.close("2026-11", "2026-12", "acme");

            assertThat(calls(world.statements("acme"))).containsExactly(3L);
            assertThat(tree(world.statements("acme").getFirst())
                            .at("/trailer/totals/0/owed")
                            .asText())
                    .isEqualTo("0.084000");
            assertThat(lines(world.statements("acme"))).containsExactly(1);
        }
    }

    private static List<Long> calls(List<StatementDraft> statements) throws IOException {
        List<Long> calls = new java.util.ArrayList<>();
        for (StatementDraft statement : statements) {
            calls.add(tree(statement).at("/trailer/originating/calls").asLong());
        }
        return calls;
    }

    private static List<Integer> lines(List<StatementDraft> statements) throws IOException {
        List<Integer> lines = new java.util.ArrayList<>();
        for (StatementDraft statement : statements) {
            lines.add(tree(statement).at("/lines").size());
        }
        return lines;
    }

    private static JsonNode tree(StatementDraft statement) throws IOException {
        return new ObjectMapper().readTree(World.json(statement));
    }
}
