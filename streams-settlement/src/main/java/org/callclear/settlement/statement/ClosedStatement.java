package org.callclear.settlement.statement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.callclear.schemas.avro.LineKind;
import org.callclear.schemas.avro.LineName;
import org.callclear.schemas.avro.LineSums;
import org.callclear.settlement.totals.Lines;
import org.callclear.settlement.totals.Sums;

/**
 * A carrier's statement of a closed period, complete and in a fixed order.
 *
 * @param carrier whose it is
 * @param sequence from 1, without gaps, for each carrier
 * @param covers the period and its place in the log
 * @param lines of calls and attempts, in the order of their labels
 * @param disputed what is withheld, in the order of their labels
 * @param totals by currency
 */
public record ClosedStatement(
        String carrier,
        long sequence,
        ClosedPeriod covers,
        List<StatementLine> lines,
        List<StatementLine> disputed,
        List<CurrencyTotal> totals) {
    private record Part(LineName line, Sums sums) {}

    /** Puts together what the partitions of the journal know of a carrier's period. What has come to nothing is left out. */
    public static ClosedStatement of(
            String carrier, long sequence, ClosedPeriod covers, Collection<LineSums> partials) {
        Map<LineLabel, List<Part>> byLabel = new TreeMap<>();
        for (Part part : complete(partials)) {
            byLabel.computeIfAbsent(LineLabel.of(part.line()), label -> new ArrayList<>())
                    .add(part);
        }
        List<StatementLine> all = byLabel.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .filter(line -> !line.sums().isZero())
                .toList();
        List<StatementLine> lines = all.stream()
                .filter(line -> line.label().kind() != LineKind.DISPUTED)
                .toList();
        List<StatementLine> disputed = all.stream()
                .filter(line -> line.label().kind() == LineKind.DISPUTED)
                .toList();
        return new ClosedStatement(carrier, sequence, covers, lines, disputed, totals(lines));
    }

    /** CARRIER-PERIOD-SEQUENCE. */
    public String id() {
        return carrier + "-" + covers.period().id() + "-" + sequence;
    }

    /** Lines and disputed ones. */
    Stream<StatementLine> all() {
        return Stream.concat(lines.stream(), disputed.stream());
    }

    private static List<Part> complete(Collection<LineSums> partials) {
        Map<String, Part> parts = new TreeMap<>();
        for (LineSums partial : partials) {
            parts.merge(
                    Lines.key(partial.getLine()),
                    new Part(partial.getLine(), Lines.sums(partial)),
                    (one, other) -> new Part(one.line(), one.sums().plus(other.sums())));
        }
        return parts.values().stream().filter(part -> !part.sums().isZero()).toList();
    }

    private static StatementLine line(LineLabel label, List<Part> parts) {
        Sums sums = parts.stream().map(Part::sums).reduce(Sums.ZERO, Sums::plus);
        return StatementLine.of(label, sums, parts.stream().map(Part::line).toList());
    }

    private static List<CurrencyTotal> totals(List<StatementLine> lines) {
        return lines.stream()
                .map(line -> line.label().currency())
                .distinct()
                .sorted()
                .map(currency -> CurrencyTotal.of(currency, lines))
                .toList();
    }
}
