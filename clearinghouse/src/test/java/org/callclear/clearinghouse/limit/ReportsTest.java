package org.callclear.clearinghouse.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.clearinghouse.limit.Calls.BRITAIN;
import static org.callclear.clearinghouse.limit.Calls.CUBA;
import static org.callclear.clearinghouse.limit.Calls.OVER_WITHIN;
import static org.callclear.clearinghouse.limit.Calls.limit;
import static org.callclear.clearinghouse.limit.Calls.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.DenialReason;
import org.callclear.schemas.avro.ReleaseSource;
import org.callclear.schemas.avro.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reports make of calls that count: who may end one, and what it then cost. */
class ReportsTest extends BookGround {
    @ParameterizedTest
    @CsvSource({"1", "2"})
    void theOriginatingSidesReportEndsACall(int leg) {
        limits = limits(limit("acme", "*", null, 1, null));
        NewCall call = call(CUBA, "0.60");
        goesOn(call);
        assertThat(struck(BRITAIN)).isEqualTo(DenialReason.LIMIT_CONCURRENT_CALLS);

        report(over(call, Role.ORIGINATING, "acme", leg));

        assertThat(goesOn(BRITAIN)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"zenith, 1", "nadir, 2"})
    void theTerminatingSidesReportAloneDoesNotEndACall(String reporter, int leg) {
        limits = limits(limit("acme", "*", null, 1, null));
        NewCall call = call(CUBA, "0.60");
        goesOn(call);

        report(over(call, Role.TERMINATING, reporter, leg));

        assertThat(struck(BRITAIN)).isEqualTo(DenialReason.LIMIT_CONCURRENT_CALLS);
    }

    @Test
    void terminatingSidesThatSayTheyHaveAllFailedDoNotEndACall() {
        limits = limits(limit("acme", "*", null, 1, null));
        NewCall call = call(CUBA, "0.60");
        goesOn(call);

        report(Calls.failed(call.id().toString(), "acme", Role.TERMINATING, "zenith", 1, now, ReleaseSource.GATEWAY));
        report(Calls.failed(call.id().toString(), "acme", Role.TERMINATING, "nadir", 2, now, ReleaseSource.GATEWAY));

        assertThat(goesOn(BRITAIN)).isFalse();
    }

    @Test
    void legsThatTheGrantDoesNotHaveDoNotMakeUpForThoseThatHaveNotFailed() {
        limits = limits(limit("acme", "*", null, 1, null));
        NewCall call = call(CUBA, "0.60");
        goesOn(call);

        for (int leg : List.of(7, 9)) {
            report(Calls.failed(
                    call.id().toString(), "acme", Role.ORIGINATING, "acme", leg, now, ReleaseSource.GATEWAY));
        }

        assertThat(goesOn(BRITAIN)).isFalse();
    }

    /** Who gains from the fraud may be who terminates the calls: its word must not make them cheap. */
    @Test
    void aTerminatingSideThatSaysACallWasShortDoesNotMakeItCheap() {
        limits = limits(limit("acme", "53", null, null, "6"));
        NewCall call = call(CUBA, "0.60");
        goesOn(call);

        report(Calls.answered(call.id().toString(), "acme", Role.TERMINATING, "zenith", 1, NOON, NOON.plusSeconds(1)));

        now = NOON.plus(Duration.ofMinutes(9));
        assertThat(struck(CUBA)).as("while it is up").isEqualTo(DenialReason.LIMIT_COST);
        now = NOON.plus(OVER_WITHIN).plus(Duration.ofMinutes(1));
        assertThat(struck(CUBA)).as("when its time is over").isEqualTo(DenialReason.LIMIT_COST);
    }

    @Test
    void whatATerminatingSideToldBeforeCountsWhereItIsDearerThanTheReportThatEndsTheCall() {
        limits = limits(limit("acme", "53", null, null, "6"));
        NewCall call = call(CUBA, "0.60");
        goesOn(call);
        now = NOON.plus(Duration.ofMinutes(10));

        report(Calls.answered(call.id().toString(), "acme", Role.TERMINATING, "zenith", 1, NOON, now));
        report(Calls.failed(call.id().toString(), "acme", Role.ORIGINATING, "acme", 1, now, ReleaseSource.CALLER));

        assertThat(struck(CUBA)).isEqualTo(DenialReason.LIMIT_COST);
    }

    /** Two gateways let the call in and both cost, so it costs more than one call that is up all the time. */
    @Test
    void whatSeveralTerminatingSidesToldOfOneCallCountsThoughItsOriginatingSideIsSilent() {
        limits = limits(limit("acme", "53", null, null, "90"));
        NewCall call = call(CUBA, "0.60");
        goesOn(call);
        Instant end = NOON.plus(OVER_WITHIN);
        now = end.plusSeconds(1);
        report(Calls.answered(call.id().toString(), "acme", Role.TERMINATING, "zenith", 1, NOON, end));
        report(Calls.answered(call.id().toString(), "acme", Role.TERMINATING, "nadir", 2, NOON, end));

        assertThat(goesOn(call(CUBA, "17.5")))
                .as("36.6 for the minutes in which it was up, and 36 for the second gateway")
                .isFalse();
        assertThat(goesOn(call(CUBA, "17.4"))).isTrue();
    }

    /** A call whose dearer report tells of an early end is still known when a third one tells of dear talk until late. */
    @Test
    void aCallIsRememberedFromTheLatestEndThatAnyReportToldOf() {
        limits = limits(limit("acme", "53", null, null, "6"));
        NewCall call = call(CUBA, "0.60");
        String id = call.id().toString();
        goesOn(call);
        now = NOON.plus(Duration.ofMinutes(40));
        report(Calls.answered(id, "acme", Role.ORIGINATING, "acme", 1, NOON, NOON.plusSeconds(120)));
        report(Calls.answered(id, "acme", Role.TERMINATING, "zenith", 1, now.minusSeconds(60), now));

        now = NOON.plus(Duration.ofMinutes(80));
        assertThat(goesOn(CUBA)).as("nothing counts any more").isTrue();
        report(Calls.answered(
                id, "acme", Role.TERMINATING, "nadir", 2, NOON.plusSeconds(1500), NOON.plusSeconds(2400)));

        assertThat(struck(CUBA)).as("9 EUR, of minute 25 to minute 40").isEqualTo(DenialReason.LIMIT_COST);
    }

    @Test
    void ofEachLegTheDearerReportCountsOnceHoweverOftenAndInWhateverOrderTheyCome() {
        Instant end = NOON.plusSeconds(60);
        List<AcceptedCdr> reports = new ArrayList<>();
        NewCall call = call(CUBA, "0.60");
        for (int leg = 1; leg <= 2; leg++) {
            reports.add(Calls.answered(call.id().toString(), "acme", Role.ORIGINATING, "acme", leg, NOON, end));
            reports.add(Calls.answered(
                    call.id().toString(), "acme", Role.TERMINATING, leg == 1 ? "zenith" : "nadir", leg, NOON, end));
        }
        reports.addAll(List.copyOf(reports));
        limits = limits(limit("acme", "53", null, null, "6"));
        for (int turn = 0; turn < 50; turn++) {
            Collections.shuffle(reports, new Random(turn));
            LimitBook fresh = new LimitBook(OVER_WITHIN, 100);
            now = end;
            fresh.granted(Calls.grant(call, NOON), limits, now);
            reports.forEach(report -> fresh.reported(report, limits, now));

            assertThat(fresh.admit(call(CUBA, "4.81"), limits, now).refusals())
                    .as("1.20 counts, turn " + turn)
                    .isNotEmpty();
            assertThat(fresh.admit(call(CUBA, "4.80"), limits, now).refusals())
                    .as("1.20 counts, turn " + turn)
                    .isEmpty();
        }
    }

    /** Between the two reports lies an hour: were the call forgotten while the journal is read back, the second would be lost. */
    @Test
    void whatIsReadBackAllAtOnceCountsAsItDidWhenItWasNew() {
        limits = limits(limit("acme", "53", null, null, "6"));
        NewCall call = call(CUBA, "0.60");
        AcceptedCdr brief =
                Calls.answered(call.id().toString(), "acme", Role.ORIGINATING, "acme", 1, NOON, NOON.plusSeconds(1));
        Instant later = NOON.plus(Duration.ofMinutes(50));
        AcceptedCdr dear = Calls.answered(call.id().toString(), "acme", Role.TERMINATING, "zenith", 1, NOON, later);
        now = later.plus(Duration.ofMinutes(40));

        book.granted(Calls.grant(call, NOON), limits, now);
        report(brief);
        report(dear);

        assertThat(goesOn(call(CUBA, "0.01"))).isFalse();
    }

    /** Intake takes talk of 31 days. A call that was granted a minute ago has not lasted so long. */
    @Test
    void noReportMakesACallLongerThanItCanHaveBeen() {
        limits = limits(limit("acme", "53", null, null, "6"));
        NewCall call = call(CUBA, "0.60");
        goesOn(call);
        now = NOON.plusSeconds(60);

        report(over(call, Role.ORIGINATING, "acme", 1));
        report(Calls.answered(
                call.id().toString(), "acme", Role.TERMINATING, "zenith", 1, NOON.minus(Duration.ofDays(30)), now));

        assertThat(goesOn(call(CUBA, "5.41"))).isFalse();
        assertThat(goesOn(call(CUBA, "5.40"))).as("a minute at 0.60 counts").isTrue();
    }

    @Test
    void noReportMakesACallLastBeyondItsTime() {
        limits = limits(limit("acme", "53", null, null, "111.5"));
        NewCall call = call(CUBA, "1");
        goesOn(call);
        now = NOON.plus(OVER_WITHIN).plus(Duration.ofMinutes(50));

        report(over(call, Role.ORIGINATING, "acme", 1));
        report(Calls.answered(call.id().toString(), "acme", Role.TERMINATING, "zenith", 1, NOON, now));

        assertThat(goesOn(call(CUBA, "101")))
                .as("two hours and not nearly three, and of them some ten minutes are within the hour")
                .isTrue();
    }

    /** The clocks of carriers may be off: then when a call was is not known, but how long it was is. */
    @ParameterizedTest
    @CsvSource({"-600", "600"})
    void aClockThatIsOffDoesNotMakeACallCheap(int offSeconds) {
        limits = limits(limit("acme", "53", null, null, "6"));
        NewCall call = call(CUBA, "0.60");
        goesOn(call);
        now = NOON.plusSeconds(61);

        AcceptedCdr report = Calls.answered(
                call.id().toString(),
                "acme",
                Role.ORIGINATING,
                "acme",
                1,
                NOON.plusSeconds(offSeconds),
                NOON.plusSeconds(offSeconds + 60L));
        report(AcceptedCdr.newBuilder(report).setAcceptedAt(now).build());

        assertThat(goesOn(call(CUBA, "5.41"))).isFalse();
        assertThat(goesOn(call(CUBA, "5.40"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "TERMINATING, nadir, 1",
        "ORIGINATING, zenith, 1",
        "TERMINATING, acme, 1",
        "TERMINATING, zenith, 0",
        "UNKNOWN, acme, 1"
    })
    void whatAnotherCarrierSaysOfACallDoesNotEndIt(Role side, String reporter, int leg) {
        limits = limits(limit("acme", "*", null, 1, null));
        NewCall call = call(CUBA, "0.60");
        goesOn(call);

        report(over(call, side, reporter, leg));

        assertThat(goesOn(BRITAIN)).isFalse();
    }

    @Test
    void aCarrierThatReportsNothingNeitherEscapesNorIsShutOutForEver() {
        limits = limits(limit("acme", "*", null, 1, null));
        goesOn(CUBA);

        now = NOON.plus(OVER_WITHIN);
        assertThat(goesOn(BRITAIN)).isFalse();
        now = NOON.plus(OVER_WITHIN).plus(Duration.ofMinutes(1));
        assertThat(goesOn(BRITAIN)).isTrue();
    }

    @Test
    void anAttemptThatFailedLeavesTheCallUpUntilAllHaveOrTheCallerHasGivenUp() {
        limits = limits(limit("acme", "*", null, 2, null));
        NewCall hunted = call(CUBA, "0.60");
        NewCall abandoned = call(CUBA, "0.60");
        goesOn(hunted);
        goesOn(abandoned);

        report(Calls.failed(hunted.id().toString(), "acme", Role.TERMINATING, "zenith", 1, now, ReleaseSource.GATEWAY));
        report(Calls.failed(hunted.id().toString(), "acme", Role.ORIGINATING, "acme", 1, now, ReleaseSource.GATEWAY));
        assertThat(goesOn(BRITAIN)).isFalse();
        report(Calls.failed(hunted.id().toString(), "acme", Role.ORIGINATING, "acme", 2, now, ReleaseSource.GATEWAY));
        assertThat(goesOn(BRITAIN)).isTrue();
        report(Calls.failed(abandoned.id().toString(), "acme", Role.ORIGINATING, "acme", 1, now, ReleaseSource.CALLER));
        assertThat(goesOn(BRITAIN)).isTrue();
        assertThat(goesOn(BRITAIN)).isFalse();
    }

    @Test
    void neitherSideCanMakeACallCheapThatTheOtherHasToldOf() {
        limits = limits(limit("acme", "53", null, null, "6"));
        NewCall call = call(CUBA, "0.60");
        goesOn(call);
        now = NOON.plus(Duration.ofMinutes(10));
        report(Calls.answered(call.id().toString(), "acme", Role.ORIGINATING, "acme", 1, NOON, NOON.plusSeconds(1)));
        assertThat(goesOn(call(CUBA, "5"))).isTrue();
        report(Calls.answered(call.id().toString(), "acme", Role.TERMINATING, "zenith", 1, NOON, now));
        report(Calls.answered(call.id().toString(), "acme", Role.ORIGINATING, "acme", 1, NOON, NOON.plusSeconds(1)));

        assertThat(struck(CUBA)).isEqualTo(DenialReason.LIMIT_COST);
    }
}
