package org.callclear.settlement.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.callclear.schemas.avro.ClosePeriod;
import org.callclear.schemas.avro.PeriodBarrier;
import org.callclear.schemas.avro.PeriodLength;
import org.callclear.schemas.avro.RateChange;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RerateCall;
import org.callclear.schemas.avro.Resolution;
import org.callclear.schemas.avro.ResolveDispute;
import org.callclear.schemas.avro.Role;
import org.callclear.schemas.topics.Topic;
import org.callclear.settlement.period.Calendar;
import org.callclear.testkit.clearing.References;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CommandCheckTest {
    private static final Openings OPEN = Openings.NONE.with(PeriodBarrier.newBuilder()
            .setOpens("2026-11")
            .setCarriers(List.of())
            .setCommandId("")
            .setAt(Instant.EPOCH)
            .build());
    private static final ResolveDispute SPLIT = Commands.resolve(Resolution.SPLIT, 30_000L);
    private static final RateTerms TERMS = Terms.perMinute("EUR", "0.012");
    private static final RerateCall RERATE = Commands.rerate(TERMS);

    @Test
    void soundCommandsHaveNoFault() {
        assertThat(CommandCheck.of(SPLIT)).isEmpty();
        assertThat(CommandCheck.of(Commands.resolve(Resolution.SPLIT, 0L))).isEmpty();
        assertThat(CommandCheck.of(Commands.resolve(Resolution.WITHDRAWN, null)))
                .isEmpty();
        assertThat(CommandCheck.of(ResolveDispute.newBuilder(SPLIT)
                        .setDisputeId(Commands.CALL + "/1/TERMINATING/zenith")
                        .build()))
                .isEmpty();
        assertThat(CommandCheck.of(RERATE, OPEN)).isEmpty();
        assertThat(CommandCheck.of(
                        Commands.netting(
                                "2026-W48@Europe/Berlin",
                                "JPY",
                                Commands.line("acme", "0.000001"),
                                Commands.line("zenith", "-12")),
                        inForce()))
                .isEmpty();
    }

    static Stream<Arguments> resolutions() {
        return Stream.of(
                resolution("callId", with -> with.setCallId("c1").setDisputeId("c1/1")),
                resolution("leg", with -> with.setLeg(17).setDisputeId(Commands.CALL + "/17")),
                resolution("disputeId", with -> with.setDisputeId(Commands.CALL + "/2")),
                resolution("disputeId", with -> with.setDisputeId(Commands.CALL + "/11")),
                resolution(
                        "resolution",
                        with -> with.setResolution(Resolution.UNKNOWN_RESOLUTION)
                                .setSettledMillis(null)),
                resolution("settledMillis", with -> with.setSettledMillis(null)),
                resolution("settledMillis", with -> with.setSettledMillis(-1L)),
                resolution("settledMillis", with -> with.setResolution(Resolution.ACCEPTED)),
                resolution("requestedBy", with -> with.setRequestedBy(" ")),
                resolution("reason", with -> with.setReason("")),
                resolution("reason", with -> with.setReason("x".repeat(501))));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("resolutions")
    void theFieldOfAResolutionAtFaultIsNamed(String field, ResolveDispute command) {
        assertThat(CommandCheck.of(command)).singleElement().asString().startsWith(field + " ");
    }

    static Stream<Arguments> terms() {
        RateChange change = new RateChange(Instant.EPOCH, new BigDecimal("0.010000"), "49");
        return Stream.of(
                terms("contract", with -> with.setContract(" ")),
                terms("deck", with -> with.setDeck("")),
                terms("currency", with -> with.setCurrency("eur")),
                terms("currency", with -> with.setCurrency("ABC")),
                terms("initialSeconds", with -> with.setInitialSeconds(0)),
                terms("incrementSeconds", with -> with.setIncrementSeconds(0)),
                terms("freeSeconds", with -> with.setFreeSeconds(-1)),
                terms("roundingScale", with -> with.setRoundingScale(7)),
                terms("ratePerMinute", with -> with.setRatePerMinute(new BigDecimal("-0.000001"))),
                terms("minimumCharge", with -> with.setMinimumCharge(new BigDecimal("-1.000000"))),
                terms("rateChanges.at", with -> with.setRateChanges(List.of(change, change))),
                terms("periodZone", with -> with.setPeriodZone("Mars/Base")),
                terms("periodZone", with -> with.setPeriodZone("Europe/Berlin")),
                terms("periodZone", with -> with.setPeriodLength(PeriodLength.DAY)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("terms")
    void theFieldOfTermsAtFaultIsNamed(String field, RateTerms terms) {
        assertThat(CommandCheck.of(Commands.rerate(terms), OPEN))
                .singleElement()
                .asString()
                .startsWith("terms." + field + " ");
    }

    @Test
    void aCallIsPricedAnewOnOneSideInANamedRun() {
        RerateCall command = RerateCall.newBuilder(RERATE)
                .setSide(Role.UNKNOWN)
                .setRunId("r".repeat(65))
                .build();

        assertThat(CommandCheck.of(command, OPEN)).hasSize(2);
    }

    @Test
    void allFaultsOfANettingAreNamedAtOnce() {
        assertThat(CommandCheck.of(
                        Commands.netting(
                                "2026-13",
                                "XX",
                                Commands.line("acme", "1"),
                                Commands.line("acme", "1"),
                                Commands.line("nobody", "1")),
                        inForce()))
                .hasSize(4);
        assertThat(CommandCheck.of(Commands.netting("2026-11", "EUR"), inForce()))
                .hasSize(1);
    }

    @Test
    void whoClosesAPeriodSaysWhoAndWhy() {
        ClosePeriod command = ClosePeriod.newBuilder()
                .setCommandId("c")
                .setPeriod("2026-11")
                .setRequestedBy("")
                .setRequestedAt(Instant.EPOCH)
                .setReason(" ")
                .build();

        assertThat(CommandCheck.of(command)).hasSize(2);
    }

    private static InForce inForce() {
        ReferenceView view = new ReferenceView(Calendar.of(PeriodLength.MONTH, "UTC"));
        view.put(Topic.CARRIERS.topic(), "acme", References.carrier("acme"));
        view.put(Topic.CARRIERS.topic(), "zenith", References.carrier("zenith"));
        return view.inForce();
    }

    private static Arguments resolution(String field, UnaryOperator<ResolveDispute.Builder> with) {
        return Arguments.of(field, with.apply(ResolveDispute.newBuilder(SPLIT)).build());
    }

    private static Arguments terms(String field, UnaryOperator<RateTerms.Builder> with) {
        return Arguments.of(field, with.apply(RateTerms.newBuilder(TERMS)).build());
    }
}
