package org.callclear.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.callclear.testkit.settlement.CallStory.aCall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.schemas.avro.PostingKind;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.schemas.avro.StatementDraft;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.callclear.testkit.settlement.Posted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClosingAPeriodTest {
    private final World world = World.inNovember();

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Test
    void aStatementCoversWhatStandsBeforeItsBarrierAndNoMore() throws IOException {
        settle(aCall("c1").talked(60));
        settle(aCall("c2").talked(60));
        world.close("2026-11", "2026-12", "acme", "zenith");
        settle(aCall("c3").talked(60));
        world.close("2026-12", "2027-01", "acme", "zenith");

        List<StatementDraft> statements = world.statements("acme");

        assertThat(statements)
                .extracting(StatementDraft::getStatementId)
                .containsExactly("acme-2026-11-1", "acme-2026-12-2");
        assertThat(tree(statements.get(0)).at("/trailer/originating/calls").asLong())
                .isEqualTo(2);
        assertThat(tree(statements.get(1)).at("/trailer/originating/calls").asLong())
                .isEqualTo(1);
    }

    @Test
    void aCallWhoseSecondReportComesAfterTheBarrierIsOfTheNextPeriod() {
        CallStory call = aCall("c1");
        world.journal(call.callId(), call.grant());
        world.journal(call.callId(), call.originatingReport());
        world.close("2026-11", "2026-12", "acme");

        world.journal(call.callId(), call.terminatingReport());

        assertThat(world.postings()).extracting(Posted::period).containsOnly("2026-12");
    }

    @Test
    void whatIsWithheldStandsByTheClassOfItsDispute() throws IOException {
        settle(aCall("longer").talkedMillis(90_000, 60_000));
        settle(aCall("longer too").talkedMillis(90_000, 60_000));
        CallStory elsewhere = aCall("elsewhere").talked(60);
        world.granted(elsewhere)
                .originating(elsewhere)
                .terminating(aCall("elsewhere").called("4930999999"));
        world.close("2026-11", "2026-12", "acme");

        assertThat(disputed(world.statements("acme").getFirst()))
                .containsExactly("DESTINATION_MISMATCH 1 0.012000", "DURATION_MISMATCH 2 0.012000");
    }

    /** The amounts are the same before and after; the line that they stand on is another. */
    @Test
    void whatIsWithheldMovesToAnotherLineWhenOnlyItsClassChanges() throws IOException {
        CallStory call = aCall("alone").talked(60);
        world.granted(call).originating(call).logTime(Instant.parse("2026-11-24T12:00:00Z"));
        assertThat(world.disputes().getLast().getReconciliation()).isEqualTo(ReconciliationClass.ONLY_ORIGINATING);
        world.terminating(aCall("alone").called("4930999999"));
        world.close("2026-11", "2026-12", "acme");

        assertThat(disputed(world.statements("acme").getFirst())).containsExactly("DESTINATION_MISMATCH 1 0.012000");
    }

    private static List<String> disputed(StatementDraft statement) throws IOException {
        List<String> lines = new ArrayList<>();
        tree(statement)
                .path("disputed")
                .forEach(line -> lines.add(
                        line.path("class").asText() + " " + line.path("calls").asText() + " "
                                + line.path("amount").asText()));
        return lines;
    }

    @Test
    void aCarrierWithoutCallsGetsAnEmptyStatement() throws IOException {
        world.close("2026-11", "2026-12", "idle");

        JsonNode statement = tree(world.statements("idle").get(0));

        assertThat(statement.at("/lines")).isEmpty();
        assertThat(statement.at("/header/sequence").asLong()).isEqualTo(1);
    }

    @Test
    void aCarrierThatIsNoLongerListedStillGetsItsCalls() {
        settle(aCall("c1").from("acme").to("zenith"));
        world.close("2026-11", "2026-12");

        assertThat(world.statements("zenith")).hasSize(1);
    }

    @Test
    void aCarrierThatIsNoLongerListedGetsAnEmptyStatementOfWhatComesToNothing() throws IOException {
        settle(aCall("c1").talked(60));
        CallStory unanswered = aCall("c1").unanswered().version(2);
        world.originating(unanswered).terminating(unanswered);
        world.close("2026-11", "2026-12");
        world.close("2026-12", "2027-01", "zenith");

        List<StatementDraft> statements = world.statements("zenith");

        assertThat(statements)
                .extracting(StatementDraft::getStatementId)
                .containsExactly("zenith-2026-11-1", "zenith-2026-12-2");
        assertThat(tree(statements.get(0)).at("/lines")).isEmpty();
        assertThat(tree(statements.get(0)).at("/header/contracts")).isEmpty();
    }

    @Test
    void theStretchesOfTheLogFollowOneAnother() throws IOException {
        settle(aCall("c1"));
        world.close("2026-11", "2026-12", "acme");
        world.close("2026-12", "2027-01", "acme");

        List<StatementDraft> statements = world.statements("acme");

        assertThat(tree(statements.get(0)).at("/header/log_positions").toString())
                .isEqualTo("[{\"from\":0,\"partition\":0,\"to\":4}]");
        assertThat(tree(statements.get(1)).at("/header/log_positions").toString())
                .isEqualTo("[{\"from\":5,\"partition\":0,\"to\":5}]");
    }

    @Test
    void aBarrierThatClosesAnotherPeriodThanTheOpenOneChangesNothing() {
        world.close("2026-10", "2026-11", "acme");

        assertThat(world.statements("acme")).isEmpty();
    }

    @Test
    void whatALineIsRoundedByIsPostedAtTheClose() throws IOException {
        for (int i = 0; i < 3; i++) {
            settle(aCall("c" + i).talked(30).priced(roundedByLine("0.01"), roundedByLine("0.009")));
        }
        world.close("2026-11", "2026-12", "acme", "zenith");

        List<Posted> postings = world.postings();

        assertThat(sum(postings, "carrier:acme")).isEqualByComparingTo("0.02"); // 3 x 0.005
        assertThat(sum(postings, "carrier:zenith")).isEqualByComparingTo("-0.01"); // 3 x 0.0045
        assertThat(postings.stream().map(Posted::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("0");
        assertThat(postings)
                .filteredOn(posting -> posting.kind() == PostingKind.ADJUSTMENT)
                .extracting(Posted::entryId, Posted::account, Posted::period)
                .containsExactlyInAnyOrder(
                        tuple("acme-2026-11-1/1", "carrier:acme", "2026-11"),
                        tuple("acme-2026-11-1/1", "clearinghouse:fee", "2026-11"),
                        tuple("zenith-2026-11-1/1", "carrier:zenith", "2026-11"),
                        tuple("zenith-2026-11-1/1", "clearinghouse:fee", "2026-11"));
    }

    @Test
    void whereEachCallIsRoundedNothingIsAdjusted() {
        settle(aCall("c1").talked(31));
        world.close("2026-11", "2026-12", "acme", "zenith");

        assertThat(world.postings()).extracting(Posted::kind).doesNotContain(PostingKind.ADJUSTMENT);
    }

    private static RateTerms roundedByLine(String rate) {
        return RateTerms.newBuilder(Terms.perMinute("EUR", rate))
                .setRoundingLevel(RoundingLevel.PER_STATEMENT_LINE)
                .setRoundingScale(2)
                .build();
    }

    private static BigDecimal sum(List<Posted> postings, String account) {
        return postings.stream()
                .filter(posting -> posting.account().equals(account))
                .map(Posted::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void settle(CallStory call) {
        world.journal(call.callId(), call.grant());
        world.journal(call.callId(), call.originatingReport());
        world.journal(call.callId(), call.terminatingReport());
    }

    private static JsonNode tree(StatementDraft statement) throws IOException {
        return new ObjectMapper().readTree(World.json(statement));
    }
}
