package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.time.Instant;
import java.util.Map;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.schemas.avro.Rating;
import org.callclear.schemas.avro.Role;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.callclear.testkit.settlement.Orders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traffic that was not authorized here: two carriers' files of it, in leg 0, priced by what intake stamped on each report. */
class ImportedCallsTest {
    private static final World WORLD = World.inNovember();
    private static final Map<String, String> AS_SETTLED =
            Map.of("carrier:acme", "0.012000", "carrier:zenith", "-0.010000", "clearinghouse:fee", "-0.002000");

    @AfterAll
    static void closeWorld() {
        WORLD.close();
    }

    @Test
    void twoReportsSettleByTheTermsStampedOnThem() {
        CallStory call = aCall("pair").imported();

        WORLD.originating(call).terminating(call);

        assertThat(WORLD.balances(call)).isEqualTo(AS_SETTLED);
        assertThat(WORLD.disputes(call)).isEmpty();
    }

    @Test
    void theOriginatingReportsAgreementGoverns() {
        CallStory call =
                aCall("agreement").imported().talkedMillis(65_000, 60_000).tolerating(5);
        AcceptedCdr terminating = aCall("agreement")
                .imported()
                .talkedMillis(65_000, 60_000)
                .tolerating(0)
                .terminatingReport();

        WORLD.originating(call).journal(call.callId(), terminating);

        assertThat(WORLD.disputes(call)).isEmpty();
        assertThat(WORLD.balances(call)).isEqualTo(AS_SETTLED);
    }

    @ParameterizedTest
    @CsvSource({"UNRATED", "BLOCKED", "NO_CONTRACT"})
    void whatCannotBePricedIsNotPostedButDisputed(Rating why) {
        CallStory call = aCall("no price " + why).imported().notDueFor(why);

        WORLD.originating(call).terminating(call);

        assertThat(WORLD.books(call)).isEmpty();
        assertThat(WORLD.disputes(call)).containsExactly("UNRATED OPEN 1");
    }

    @Test
    void nothingThatCannotBePricedCanBeAccepted() {
        CallStory call = aCall("unrated accepted").imported().notOwedFor(Rating.UNRATED);
        WORLD.originating(call).terminating(call);

        WORLD.journal(
                call.callId(), Orders.resolve("accept unrated", call, org.callclear.schemas.avro.Resolution.ACCEPTED));

        assertThat(WORLD.outcome("accept unrated").getOutcome().name()).isEqualTo("REFUSED");
    }

    @Test
    void aPriceForWhatHadNoneSettlesTheCall() {
        CallStory call = aCall("priced after all").imported().notDueFor(Rating.UNRATED);
        WORLD.originating(call).terminating(call);

        WORLD.journal(
                call.callId(), Orders.rerate("give price", call, Role.TERMINATING, Terms.perMinute("EUR", "0.010")));

        assertThat(WORLD.balances(call)).isEqualTo(AS_SETTLED);
        assertThat(WORLD.disputes(call)).last().asString().endsWith("WITHDRAWN 2");
    }

    @Test
    void oneSideAloneIsWithheldOnThatSideOnly() {
        try (World world = World.inNovember()) {
            CallStory call = aCall("alone").imported();
            world.originating(call);

            world.logTime(Instant.parse("2026-11-23T13:00:00Z"));

            assertThat(world.disputes(call)).containsExactly("ONLY_ORIGINATING OPEN 1");
            assertThat(world.balances(call))
                    .isEqualTo(Map.of("suspense:acme", "0.012000", "clearinghouse:suspense", "-0.012000"));
            assertThat(world.postings())
                    .allSatisfy(line -> assertThat(line.kind()).isEqualTo(PostingKind.SUSPENSE));
        }
    }

    @Test
    void reportsThatNameATransactionNobodyGrantedAreUnauthorizedAndNotLost() {
        try (World world = World.inNovember()) {
            CallStory call = aCall("claims a token").imported();
            world.journal(call.callId(), withToken(call, "acme", call.originating()))
                    .journal(call.callId(), withToken(call, "zenith", call.terminating()));

            world.logTime(Instant.parse("2026-11-23T13:00:00Z"));

            assertThat(world.disputes(call)).containsExactly("UNAUTHORIZED OPEN 1");
            assertThat(world.books(call)).isEmpty();
        }
    }

    private static AcceptedCdr withToken(CallStory call, String reporter, CallDetailRecord cdr) {
        return call.accepted(
                reporter,
                CallDetailRecord.newBuilder(cdr)
                        .setTransactionId("0123456789abcdef0123456789abcdef")
                        .build());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void ofThreeCarriersTheTwoThatNameTheSamePairAreTheParties(boolean thirdComesFirst) {
        CallStory call = aCall("three " + thirdComesFirst).imported();
        CallStory third =
                aCall("three " + thirdComesFirst).to("lumen").talked(600).imported();

        if (thirdComesFirst) {
            WORLD.terminating(third).originating(call).terminating(call);
        } else {
            WORLD.originating(call).terminating(call).terminating(third);
        }

        assertThat(WORLD.balances(call)).isEqualTo(AS_SETTLED);
        assertThat(WORLD.disputes())
                .filteredOn(dispute -> dispute.getCallId().equals(call.callId()))
                .filteredOn(dispute -> dispute.getReconciliation().name().equals("UNAUTHORIZED"))
                .singleElement()
                .satisfies(dispute -> {
                    assertThat(dispute.getDisputeId()).isEqualTo(call.callId() + "/0/TERMINATING/lumen");
                    assertThat(dispute.getState()).isEqualTo("OPEN");
                });
    }

    /** The same call must not be paid twice, once as authorized and once as imported. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void underAnAuthorizedCallsIdItIsFromNoParty(boolean grantComesFirst) {
        String name = "both ways " + grantComesFirst;
        CallStory call = aCall(name);
        CallStory imported = aCall(name).imported();

        if (grantComesFirst) {
            WORLD.settle(call).originating(imported).terminating(imported);
        } else {
            WORLD.originating(imported).terminating(imported).settle(call);
        }

        assertThat(WORLD.balances(call)).isEqualTo(AS_SETTLED);
        assertThat(WORLD.disputes(call)).containsExactly("UNAUTHORIZED OPEN 1", "UNAUTHORIZED OPEN 1");
    }
}
