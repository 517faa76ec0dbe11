package org.callclear.settlement.statement;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.callclear.schemas.avro.LineTotal;
import org.callclear.settlement.totals.Lines;

/**
 * A carrier's statement of a closed period, complete and in a fixed order.
 *
 * @param carrier whose it is
 * @param sequence from 1, without gaps, for each carrier
 * @param covers the period and its place in the log
 * @param lines by side, counterparty, destination, prefix, rate and currency
 * @param totals by currency
 */
public record ClosedStatement(
        String carrier, long sequence, ClosedPeriod covers, List<StatementLine> lines, List<CurrencyTotal> totals) {
    /** Puts together what the partitions of the journal know of a carrier's period. */
    public static ClosedStatement of(
            String carrier, long sequence, ClosedPeriod covers, Collection<LineTotal> partials) {
        Map<String, LineTotal> complete = new TreeMap<>();
        partials.forEach(partial -> complete.merge(Lines.key(partial), partial, Lines::plus));
        List<StatementLine> lines =
                complete.values().stream().map(StatementLine::of).toList();
        List<CurrencyTotal> totals = lines.stream()
                .map(line -> line.total().getCurrency())
                .distinct()
                .sorted()
                .map(currency -> CurrencyTotal.of(currency, lines))
                .toList();
        return new ClosedStatement(carrier, sequence, covers, lines, totals);
    }

    /** CARRIER-PERIOD-SEQUENCE. */
    public String id() {
        return carrier + "-" + covers.period() + "-" + sequence;
    }
}
