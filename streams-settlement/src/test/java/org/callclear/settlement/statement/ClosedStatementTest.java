package org.callclear.settlement.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.callclear.testkit.settlement.CallStory.aCall;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.callclear.schemas.avro.LineSums;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.RoundingLevel;
import org.callclear.settlement.Bookings;
import org.callclear.settlement.period.Period;
import org.callclear.settlement.totals.Lines;
import org.callclear.settlement.totals.Share;
import org.callclear.testkit.settlement.CallStory;
import org.callclear.testkit.settlement.CallStory.Terms;
import org.junit.jupiter.api.Test;

/** Several partitions' totals become one statement. */
class ClosedStatementTest {
    private static final ClosedPeriod NOVEMBER = new ClosedPeriod(
            Period.parse("2026-11").orElseThrow(),
            List.of(new ClosedPeriod.Stretch(0, 0, 10), new ClosedPeriod.Stretch(1, 0, 12)),
            ByteBuffer.allocate(0));

    @Test
    void thePartitionsOfACallMakeNoDifference() {
        List<LineSums> onOne = new ArrayList<>();
        List<LineSums> onMany = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            CallStory call = aCall("c" + i).talked(i);
            onOne.add(line(call, 0));
            onMany.add(line(call, i % 4));
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
        CallStory call = aCall("c1").talked(61); // 0.0122

        CurrencyTotal total = ClosedStatement.of("acme", 1, NOVEMBER, List.of(line(call, 0)))
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
        CallStory call = aCall("c1").talked(61);
        byte[] json = StatementJson.bytes(ClosedStatement.of("acme", 1, NOVEMBER, List.of(line(call, 0))));

        assertThat(StatementCsv.of(json)).isEqualTo("""
                        destination,prefix,rate_per_minute,calls,seconds,billed_seconds,amount,currency,side,counterparty,kind,origin_period,class\r
                        Germany,49,0.012000,1,61,61,0.012200,EUR,ORIGINATING,zenith,CALLS,,\r
                        rounding,,,,,,-0.002200,EUR,,,ROUNDING,,\r
                        rounding difference,,,,,,-0.002200,EUR,,,ROUNDING_DIFFERENCE,,\r
                        """);
    }

    private static BigDecimal amountOfThreeCalls(RateTerms terms) {
        return ofThreeCalls(terms, 30).lines().get(0).amount();
    }

    private static ClosedStatement ofThreeCalls(RateTerms terms, long seconds) {
        return ofCalls(3, terms, seconds);
    }

    private static ClosedStatement ofCalls(int calls, RateTerms terms, long seconds) {
        List<LineSums> totals = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            totals.add(line(aCall("c" + i).talked(seconds).priced(terms, terms), i));
        }
        return ClosedStatement.of("acme", 1, NOVEMBER, totals);
    }

    private static RateTerms scale2(RoundingLevel level) {
        return RateTerms.newBuilder(Terms.perMinute("EUR", "0.01"))
                .setRoundingLevel(level)
                .setRoundingScale(2)
                .build();
    }

    /** The originating carrier's line of one call, as a partition of the journal knows it. */
    private static LineSums line(CallStory story, int partition) {
        Share share = Share.of(Bookings.of(story)).get(0);
        return Lines.record(share.line(), partition, share.sums());
    }
}
