package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.callclear.schemas.avro.AcceptedCdr;
import org.callclear.schemas.avro.CallDetailRecord;
import org.callclear.schemas.avro.Irregularity;
import org.callclear.schemas.avro.RejectedRecord;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.Posted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A carrier reports a call again as another one, corrects what was agreed, or sends old reports once more. */
class AbuseAfterwardsTest {
    private static final Map<String, String> AS_AGREED =
            Map.of("carrier:acme", "0.012", "carrier:zenith", "-0.01", "clearinghouse:fee", "-0.002");

    private static CallStory imported(String name) {
        return aCall(name).imported();
    }

    private static AcceptedCdr later(AcceptedCdr report, long seconds) {
        return AcceptedCdr.newBuilder(report)
                .setAcceptedAt(report.getAcceptedAt().plusSeconds(seconds))
                .build();
    }

    // g: leg 0

    @Test
    void aCallThatWasAuthorizedHereIsNotPaidAgainAsOneThatWasNot() {
        CallStory call = aCall("paid once");
        CallStory again = imported("paid once");

        Trial trial = Trial.of(
                call.grant(),
                call.originatingReport(),
                call.terminatingReport(),
                again.originatingReport(),
                again.terminatingReport());

        assertThat(trial.paid()).isEqualTo(AS_AGREED);
        assertThat(trial.withheld()).isEmpty();
        assertThat(trial.disputes())
                .containsExactly(
                        "/0/ORIGINATING/acme UNAUTHORIZED OPEN settled null claimed null [AUTHORIZED_HERE]",
                        "/0/TERMINATING/zenith UNAUTHORIZED OPEN settled null claimed null [AUTHORIZED_HERE]");
    }

    @Test
    void oneCarrierAloneClaimsNothingFromAnother() {
        CallStory call = imported("alone").from("victim").to("mallory");

        Trial trial = Trial.of(call.terminatingReport());

        assertThat(trial.paid()).isEmpty();
        assertThat(trial.withheld()).doesNotContainKey("suspense:victim");
        assertThat(trial.disputes()).hasSize(1).first().asString().startsWith("/0 ONLY_TERMINATING OPEN");
    }

    @Test
    void twoThatColludeOweEachOtherAndNobodyElse() {
        CallStory call = imported("between two").from("mallory").to("moriarty");

        Trial trial = Trial.of(call.originatingReport(), call.terminatingReport());

        assertThat(trial.paid())
                .isEqualTo(
                        Map.of("carrier:mallory", "0.012", "carrier:moriarty", "-0.01", "clearinghouse:fee", "-0.002"));
    }

    /** Whatever their names, and wherever in the journal their reports stand. */
    @ParameterizedTest
    @CsvSource({"aaa, aab", "mallory, moriarty", "zzy, zzz"})
    void twoThatColludeTakeNoOtherPairsPlace(String from, String to) {
        CallStory call = imported("theirs");
        CallStory rivals = imported("theirs").from(from).to(to);

        Trial trial = Trial.of(
                call.originatingReport(),
                call.terminatingReport(),
                later(rivals.originatingReport(), 1),
                later(rivals.terminatingReport(), 2));

        assertThat(trial.paid()).isEqualTo(AS_AGREED);
        assertThat(trial.disputes())
                .containsExactly(
                        "/0/ORIGINATING/" + from + " UNAUTHORIZED OPEN settled null claimed null [NOT_OF_THE_PAIR]",
                        "/0/TERMINATING/" + to + " UNAUTHORIZED OPEN settled null claimed null [NOT_OF_THE_PAIR]");
    }

    @Test
    void aTransactionIdBesideAReportThatNeedsNone() {
        CallStory call = imported("odd one");
        CallDetailRecord odd = CallDetailRecord.newBuilder(call.terminating())
                .setTransactionId("ab".repeat(16))
                .build();

        Trial trial = Trial.of(call.originatingReport(), call.accepted("zenith", odd));

        assertThat(trial.paid()).isEmpty();
        assertThat(trial.disputes())
                .contains("/0/TERMINATING/zenith UNAUTHORIZED OPEN settled null claimed null [NO_GRANT]");
    }

    @Test
    void whyAReportIsFromNoPartyFollowsTheGrantThatComesLater() {
        CallStory call = imported("odd one, granted");
        CallDetailRecord odd = CallDetailRecord.newBuilder(call.terminating())
                .setTransactionId("ab".repeat(16))
                .build();

        Trial trial = Trial.of(call.originatingReport(), call.accepted("zenith", odd), call.grant());

        assertThat(trial.disputes())
                .containsExactly(
                        "/0/ORIGINATING/acme UNAUTHORIZED OPEN settled null claimed null [AUTHORIZED_HERE]",
                        "/0/TERMINATING/zenith UNAUTHORIZED OPEN settled null claimed null [AUTHORIZED_HERE]");
    }

    // h: corrections

    @Test
    void aCorrectionAfterTheStatementIsADisputeOnTheNextOne() {
        try (World world = World.inNovember()) {
            CallStory call = aCall("changed afterwards");
            world.settle(call).close("2026-11", "2026-12", "acme", "zenith");

            world.terminating(aCall("changed afterwards").talked(3_000).version(Integer.MAX_VALUE));
            world.close("2026-12", "2027-01", "acme", "zenith");

            assertThat(world.balances(call))
                    .containsEntry("carrier:acme", "0.012000")
                    .containsEntry("carrier:zenith", "-0.010000")
                    .containsEntry("suspense:zenith", "-0.490000");
            assertThat(world.disputes())
                    .last()
                    .satisfies(
                            dispute -> assertThat(dispute.getIrregularities()).containsExactly(Irregularity.CORRECTED));
            assertThat(world.statements("acme")).hasSize(2);
            assertThat(World.json(world.statements("acme").get(1)))
                    .contains("\"kind\":\"DISPUTED\"")
                    .contains("\"lines\":[]");
        }
    }

    @Test
    void aCorrectionToAnotherNumberOrCarrierSettlesNothing() {
        CallStory call = aCall("renamed");
        AcceptedCdr number = aCall("renamed").called("4930999999").version(2).originatingReport();
        AcceptedCdr carrier = call.accepted(
                "acme",
                CallDetailRecord.newBuilder(call.originating())
                        .setTerminatingCarrier("umbra")
                        .setVersion(2)
                        .build());

        assertThat(Trial.of(call.grant(), call.terminatingReport(), number).disputes())
                .containsExactly(
                        "/1 DESTINATION_MISMATCH OPEN settled null claimed 60000 [OTHER_CALLED_NUMBER, CORRECTED]");
        Trial trial = Trial.of(call.grant(), call.terminatingReport(), call.originatingReport(), carrier);
        assertThat(trial.paid()).isEmpty();
        assertThat(trial.disputes())
                .containsExactly("/1 DESTINATION_MISMATCH OPEN settled null claimed 60000 [OTHER_CARRIER, CORRECTED]");
    }

    @Test
    void aCorrectionToAnotherLegIsAReportOfThatLeg() {
        CallStory call = aCall("other leg").orElseTo("lumen");
        AcceptedCdr moved = call.accepted(
                "zenith",
                CallDetailRecord.newBuilder(call.terminating())
                        .setLeg(2)
                        .setVersion(2)
                        .build());

        Trial trial = Trial.of(call.grant(), call.originatingReport(), call.terminatingReport(), moved);

        assertThat(trial.paid()).isEqualTo(AS_AGREED);
        assertThat(trial.disputes())
                .containsExactly(
                        "/2/TERMINATING/zenith UNAUTHORIZED OPEN settled null claimed null [REPORTER_NOT_GRANTED]");
    }

    @Test
    void anotherContentInTheSameVersionIsSetAside() {
        try (World world = World.inNovember()) {
            CallStory call = aCall("conflict");
            world.settle(call);

            world.terminating(aCall("conflict").talked(3_000));

            assertThat(world.balances(call)).containsEntry("carrier:zenith", "-0.010000");
            assertThat(world.disputes()).isEmpty();
            assertThat(world.rejected()).extracting(RejectedRecord::getReason).containsExactly("CONFLICT");
            assertThat(world.rejected().get(0).getDetail()).isNotBlank();
        }
    }

    // i: replays

    @Test
    void everythingOnceMoreAfterThePeriodIsClosedChangesNothing() {
        try (World world = World.inNovember()) {
            List<CallStory> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                CallStory call = i % 3 == 0 ? imported("replayed " + i) : aCall("replayed " + i);
                calls.add(i % 4 == 0 ? call.talkedMillis(60_000, 90_000) : call);
            }
            calls.forEach(call -> replay(world, call));
            world.close("2026-11", "2026-12", "acme", "zenith");
            List<Posted> before = world.postings();
            int disputes = world.disputes().size();

            calls.forEach(call -> replay(world, call));
            world.close("2026-12", "2027-01", "acme", "zenith");

            assertThat(world.postings()).isEqualTo(before);
            assertThat(world.disputes()).hasSize(disputes);
            assertThat(world.rejected()).isEmpty();
            assertThat(World.json(world.statements("zenith").get(1))).contains("\"lines\":[]");
        }
    }

    private static void replay(World world, CallStory call) {
        List<SpecificRecord> records = new ArrayList<>(List.of(call.originatingReport(), call.terminatingReport()));
        if (call.leg() > 0) {
            records.add(call.grant());
        }
        records.forEach(record -> world.journal(call.callId(), record));
    }
}
