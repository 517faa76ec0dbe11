package org.callclear.settlement.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.callclear.schemas.avro.CallFile;
import org.callclear.schemas.avro.LineTotal;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciledCall;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.settlement.price.Pricing;
import org.callclear.settlement.reconcile.Finding;
import org.callclear.settlement.reconcile.Reconciliation;
import org.callclear.settlement.totals.Lines;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.junit.jupiter.api.Test;

/** Several partitions' totals become one statement. */
class ClosedStatementTest {
    private static final ClosedPeriod NOVEMBER = new ClosedPeriod(
            "2026-11", "UTC", List.of(new ClosedPeriod.Stretch(0, 0, 10), new ClosedPeriod.Stretch(1, 0, 12)));

    @Test
    void thePartitionsOfACallMakeNoDifference() {
        List<LineTotal> onOne = new ArrayList<>();
        List<LineTotal> onMany = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ReconciledCall call = priced(aCall("c" + i).talked(i));
            onOne.add(Lines.of(call, 0).get(0));
            onMany.add(Lines.of(call, i % 4).get(0));
        }
        Collections.shuffle(onMany, new Random(42));

        byte[] statement = StatementJson.bytes(ClosedStatement.of("acme", 1, NOVEMBER, onMany));

        assertThat(statement).isEqualTo(StatementJson.bytes(ClosedStatement.of("acme", 1, NOVEMBER, onOne)));
    }

    @Test
    void roundingOncePerLineDiffersFromRoundingEachCall() {
        RateTerms perCall = scale2(RoundingLevel.PER_CALL);
        RateTerms perLine = scale2(RoundingLevel.PER_STATEMENT_LINE);

        assertThat(amountOfThreeCalls(perCall)).isEqualByComparingTo("0.03"); // 3 x 0.005 rounded to 0.01
        assertThat(amountOfThreeCalls(perLine)).isEqualByComparingTo("0.02"); // 0.015 rounded
    }

    @Test
    void whatThePayableTotalRoundsOffIsALineOfItsOwn() {
        ReconciledCall call = priced(aCall("c1").talked(61)); // 0.0122

        CurrencyTotal total = ClosedStatement.of(
                        "acme", 1, NOVEMBER, Lines.of(call, 0).subList(0, 1))
                .totals()
                .get(0);

        assertThat(total.payable().toPlainString()).isEqualTo("0.01");
        assertThat(total.roundingDifference()).isEqualByComparingTo("-0.0022");
    }

    @Test
    void theRoundingDifferenceIsAgainstTheSumBeforeAnyCallWasRounded() {
        CurrencyTotal total =
                ofThreeCalls(scale2(RoundingLevel.PER_CALL), 30).totals().get(0);

        assertThat(total.exact().toExactString()).isEqualTo("0.015");
        assertThat(total.payable().toPlainString()).isEqualTo("0.03");
        assertThat(total.roundingDifference().toPlainString()).isEqualTo("0.015000");
    }

    @Test
    void anExactSumWithoutAnEndAsADecimalIsShownAsAFraction() {
        CurrencyTotal total =
                ofCalls(1, Terms.perMinute("EUR", "0.0001"), 31).totals().get(0);

        assertThat(total.exact().toExactString()).isEqualTo("31/600000");
        assertThat(total.roundingDifference().toPlainString()).isEqualTo("-0.000051666667");
    }

    @Test
    void theCsvShowsTheLinesOfTheJson() {
        ReconciledCall call = priced(aCall("c1").talked(61));
        byte[] json = StatementJson.bytes(
                ClosedStatement.of("acme", 1, NOVEMBER, Lines.of(call, 0).subList(0, 1)));

        assertThat(StatementCsv.of(json)).isEqualTo("""
                        destination,prefix,rate_per_minute,calls,seconds,billed_seconds,amount,currency,side,counterparty,kind,origin_period\r
                        Germany,49,0.012000,1,61,61,0.012200,EUR,ORIGINATING,zenith,CALLS,\r
                        rounding,,,,,,-0.002200,EUR,,,ROUNDING,\r
                        rounding difference,,,,,,-0.002200,EUR,,,ROUNDING_DIFFERENCE,\r
                        """);
    }

    private static BigDecimal amountOfThreeCalls(RateTerms terms) {
        return ofThreeCalls(terms, 30).lines().get(0).amount();
    }

    private static ClosedStatement ofThreeCalls(RateTerms terms, long seconds) {
        return ofCalls(3, terms, seconds);
    }

    private static ClosedStatement ofCalls(int calls, RateTerms terms, long seconds) {
        List<LineTotal> totals = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            totals.add(Lines.of(priced(aCall("c" + i).talked(seconds).priced(terms, terms)), i)
                    .get(0));
        }
        return ClosedStatement.of("acme", 1, NOVEMBER, totals);
    }

    private static RateTerms scale2(RoundingLevel level) {
        return RateTerms.newBuilder(Terms.perMinute("EUR", "0.01"))
                .setRoundingLevel(level)
                .setRoundingScale(2)
                .build();
    }

    private static ReconciledCall priced(CallStory story) {
        Reconciliation reconciliation = new Reconciliation(60_000);
        var now = new Reconciliation.Moment(story.callId(), 0, "2026-11");
        CallFile file = reconciliation
                .granted(Reconciliation.empty(), story.grant(), now)
                .file();
        file = reconciliation.reported(file, story.originatingReport(), now).file();
        Finding finding = reconciliation
                .reported(file, story.terminatingReport(), now)
                .findings()
                .get(0);
        Finding.Settled settled = (Finding.Settled) finding;
        return Pricing.priced(
                settled.call(),
                settled.grant().getOriginationTerms(),
                settled.route().getTerminationTerms());
    }
}
