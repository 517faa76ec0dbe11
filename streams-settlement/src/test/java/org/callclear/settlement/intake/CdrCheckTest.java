package org.callclear.settlement.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Role;
import org.callclear.settlement.intake.CdrCheck.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CdrCheckTest {
    private static final CallDetailRecord GOOD = aCall("c1").originating();
    private static final Instant NOW = GOOD.getEndedAt().plusSeconds(1);

    @Test
    void aReportThatHoldsTogetherIsFit() {
        assertThat(CdrCheck.check("acme", GOOD.getCallId(), GOOD, NOW)).isInstanceOf(Verdict.Fit.class);
        assertThat(CdrCheck.check("zenith", GOOD.getCallId(), aCall("c1").terminating(), NOW))
                .isInstanceOf(Verdict.Fit.class);
        assertThat(CdrCheck.check(
                        "acme", GOOD.getCallId(), aCall("c1").unanswered().originating(), NOW))
                .isInstanceOf(Verdict.Fit.class);
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("callId", cdr -> cdr.setCallId("no-uuid")),
                lie("callId", cdr -> cdr.setCallId("6fa459ea-ee8a-3ca4-894e-db77e160355e")),
                lie("key", cdr -> cdr.setCallId(aCall("other").callId())),
                lie("leg", cdr -> cdr.setLeg(-1)),
                lie("leg", cdr -> cdr.setLeg(17)),
                lie("version", cdr -> cdr.setVersion(0)),
                lie("transactionId", cdr -> cdr.setTransactionId("ABC")),
                lie("role", cdr -> cdr.setRole(Role.UNKNOWN)),
                lie("originatingCarrier", cdr -> cdr.setOriginatingCarrier("zenith")),
                lie("originatingCarrier", cdr -> cdr.setOriginatingCarrier("a.b")),
                lie("terminatingCarrier", cdr -> cdr.setTerminatingCarrier("Zenith!")),
                lie("terminatingCarrier", cdr -> cdr.setRole(Role.TERMINATING)),
                lie("gateway", cdr -> cdr.setGateway("")),
                lie("calling", cdr -> cdr.setCalling("+4930123456")),
                lie("called", cdr -> cdr.setCalled("12")),
                lie("setupAt", cdr -> cdr.setSetupAt(Instant.EPOCH)),
                lie("answeredAt", cdr -> cdr.setAnsweredAt(GOOD.getSetupAt().minusMillis(1))),
                lie("endedAt", cdr -> cdr.setEndedAt(GOOD.getSetupAt())),
                lie(
                        "endedAt",
                        cdr -> cdr.setEndedAt(NOW.plus(Duration.ofMinutes(10)).plusMillis(1))),
                lie("endedAt", cdr -> cdr.setEndedAt(Instant.parse("9999-12-31T23:59:59.999Z"))),
                lie("setupAt", cdr -> cdr.setSetupAt(Instant.ofEpochMilli(Long.MIN_VALUE))),
                lie("endedAt", cdr -> cdr.setEndedAt(Instant.ofEpochMilli(Long.MAX_VALUE))),
                lie(
                        "endedAt",
                        cdr -> cdr.setSetupAt(
                                cdr.getEndedAt().minus(Duration.ofDays(31)).minusMillis(1))),
                lie("sipStatus", cdr -> cdr.setSipStatus(486)),
                lie("sipStatus", cdr -> cdr.setAnsweredAt(null)),
                lie("q850Cause", cdr -> cdr.setQ850Cause(128)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("lies")
    void theFieldAtFaultIsNamed(String field, CallDetailRecord cdr) {
        assertThat(CdrCheck.check("acme", GOOD.getCallId(), cdr, NOW))
                .isInstanceOfSatisfying(
                        Verdict.Unfit.class, unfit -> assertThat(unfit.field()).isEqualTo(field));
    }

    @Test
    void aReportIsTooOldWhenFirstSightHasForgottenWhatItCouldRepeat() {
        Instant lastDay = GOOD.getEndedAt().plus(Duration.ofDays(400));

        assertThat(CdrCheck.check("acme", GOOD.getCallId(), GOOD, lastDay)).isInstanceOf(Verdict.Fit.class);
        assertThat(CdrCheck.check("acme", GOOD.getCallId(), GOOD, lastDay.plusMillis(1)))
                .isInstanceOfSatisfying(Verdict.Unfit.class, unfit -> {
                    assertThat(unfit.field()).isEqualTo("endedAt");
                    assertThat(unfit.reason()).isEqualTo("TOO_OLD");
                });
    }

    @Test
    void aReportWithoutAGrantAndOneWithALegButNoTransactionAreFit() {
        CallDetailRecord own = CallDetailRecord.newBuilder(GOOD)
                .setLeg(0)
                .setTransactionId(null)
                .build();
        CallDetailRecord odd = CallDetailRecord.newBuilder(GOOD).setLeg(0).build();

        assertThat(CdrCheck.check("acme", GOOD.getCallId(), own, NOW)).isInstanceOf(Verdict.Fit.class);
        assertThat(CdrCheck.check("acme", GOOD.getCallId(), odd, NOW)).isInstanceOf(Verdict.Fit.class);
    }

    @Test
    void aPhoneNumberIsMaskedInTheReason() {
        CallDetailRecord cdr = CallDetailRecord.newBuilder(GOOD)
                .setCalled("0049301234567890123")
                .build();

        assertThat(CdrCheck.check("acme", GOOD.getCallId(), cdr, NOW))
                .isInstanceOfSatisfying(
                        Verdict.Unfit.class, unfit -> assertThat(unfit.detail()).doesNotContain("3012345"));
    }

    private static Arguments lie(String field, UnaryOperator<CallDetailRecord.Builder> told) {
        return Arguments.of(field, told.apply(CallDetailRecord.newBuilder(GOOD)).build());
    }
}
