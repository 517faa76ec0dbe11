package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Role;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A carrier names talk times or clock times that its token does not allow. What intake already refuses is in CdrCheckTest: an end before
 * the answer, an answer before the set-up, what lies ahead, the years 1970 and 9999.
 */
class AbuseByTimeTest {
    /** The grant of a call in these tests, and the end of its token. */
    private static final Instant GRANTED = Instant.parse("2026-11-23T11:59:56Z");

    private static final Instant EXPIRES = GRANTED.plusSeconds(30);

    // e: longer than the token allows

    @ParameterizedTest
    @CsvSource({"100000, 5000000, 0.02", "5000000, 100000, 0.02"})
    void oneSideReportsMoreThanWasAuthorized(long originating, long terminating, String owed) {
        CallStory call = aCall("long").talkedMillis(originating, terminating).atMost(100);

        Trial trial = Trial.of(call.grant(), call.originatingReport(), call.terminatingReport());

        assertThat(trial.paid()).containsEntry("carrier:acme", owed);
        assertThat(trial.withheld()).isEmpty();
        assertThat(trial.disputes()).isEmpty();
    }

    @Test
    void theOneSideThatReportsMoreThanWasAuthorizedClaimsNoMoreThanThat() {
        CallStory call = aCall("longer").talkedMillis(60_000, 5_000_000).atMost(100);

        Trial trial = Trial.of(call.grant(), call.originatingReport(), call.terminatingReport());

        assertThat(trial.paid()).containsEntry("carrier:acme", "0.012").containsEntry("carrier:zenith", "-0.01");
        assertThat(trial.disputes())
                .containsExactly("/1 DURATION_MISMATCH OPEN settled 60000 claimed 100000 [BEYOND_MAXIMUM]");
        assertThat(trial.why("/1")).contains("5000 s", "100 s");
    }

    @Test
    void twoSidesThatColludeArePaidWhatWasAuthorized() {
        CallStory call = aCall("colluding").talkedMillis(5_000_000, 5_000_000).atMost(100);

        Trial trial = Trial.of(call.grant(), call.originatingReport(), call.terminatingReport());

        assertThat(trial.paid()).containsEntry("carrier:acme", "0.02").containsEntry("carrier:zenith", "-0.016667");
        assertThat(trial.disputes()).containsExactly("/1 OVERRUN OPEN settled 100000 claimed 5000000 [BEYOND_MAXIMUM]");
    }

    // f: times that the grant rules out

    /** Set-up before and after the grant, and answer after the end of the token, in ms; and what is wrong with it. */
    @ParameterizedTest
    @CsvSource({
        "-60000,   0,       ",
        "-60001,   0,       SET_UP_BEFORE_GRANT",
        "-3600000, 0,       SET_UP_BEFORE_GRANT",
        "90000,    90000,   ",
        "90001,    90001,   SET_UP_AFTER_EXPIRY",
        "0,        930000,  ",
        "0,        930001,  ANSWERED_AFTER_EXPIRY",
        "0,        86400000, ANSWERED_AFTER_EXPIRY",
    })
    void aTimeThatTheGrantRulesOut(long setup, long answered, String wrong) {
        for (Role liar : List.of(Role.ORIGINATING, Role.TERMINATING)) {
            CallStory call = aCall("at another time");
            CallDetailRecord honest = liar == Role.ORIGINATING ? call.originating() : call.terminating();
            AcceptedCdr lie = call.accepted(
                    liar == Role.ORIGINATING ? "acme" : "zenith",
                    CallDetailRecord.newBuilder(honest)
                            .setSetupAt(GRANTED.plusMillis(setup))
                            .setAnsweredAt(GRANTED.plusMillis(answered))
                            .setEndedAt(GRANTED.plusMillis(answered + 60_000))
                            .build());
            AcceptedCdr other = liar == Role.ORIGINATING ? call.terminatingReport() : call.originatingReport();

            Trial trial = Trial.of(call.grant(), lie, other);

            if (wrong == null) {
                assertThat(trial.paid()).containsEntry("carrier:acme", "0.012");
                assertThat(trial.disputes()).isEmpty();
            } else {
                assertThat(trial.paid()).isEmpty();
                assertThat(trial.disputes())
                        .containsExactly("/1 IMPOSSIBLE_TIME OPEN settled null claimed 60000 [" + wrong + "]");
                assertThat(trial.why("/1")).contains(liar == Role.ORIGINATING ? "originating" : "terminating");
            }
        }
    }

    @Test
    void howFarOffIsSaid() {
        CallStory call = aCall("an hour off");
        AcceptedCdr lie = call.accepted(
                "zenith",
                CallDetailRecord.newBuilder(call.terminating())
                        .setSetupAt(GRANTED.minus(Duration.ofHours(1)))
                        .build());

        Trial trial = Trial.of(call.grant(), call.originatingReport(), lie);

        assertThat(trial.why("/1")).contains("3600 s before the grant");
    }

    @ParameterizedTest
    @EnumSource(names = {"ORIGINATING", "TERMINATING"})
    void anAttemptAtAnImpossibleTimeCostsNoFee(Role liar) {
        CallStory call = aCall("an attempt")
                .unanswered()
                .priced(
                        Terms.attemptFee("0.001", Terms.perMinute("EUR", "0.012")),
                        Terms.attemptFee("0.001", Terms.perMinute("EUR", "0.010")));
        CallDetailRecord honest = liar == Role.ORIGINATING ? call.originating() : call.terminating();
        AcceptedCdr lie = call.accepted(
                liar == Role.ORIGINATING ? "acme" : "zenith",
                CallDetailRecord.newBuilder(honest)
                        .setSetupAt(EXPIRES.plusSeconds(61))
                        .setEndedAt(EXPIRES.plusSeconds(62))
                        .build());
        AcceptedCdr other = liar == Role.ORIGINATING ? call.terminatingReport() : call.originatingReport();

        assertThat(Trial.of(call.grant(), call.originatingReport(), call.terminatingReport())
                        .paid())
                .isEqualTo(Map.of("carrier:acme", "0.001", "carrier:zenith", "-0.001"));
        assertThat(Trial.of(call.grant(), lie, other).paid()).isEmpty();
    }
}
