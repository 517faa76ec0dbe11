package org.callclear.app.replaying;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.callclear.settlement.statement.StatementView;
import org.callclear.settlement.statement.StatementView.Total;

/**
 * What a statement would have come to by other terms.
 *
 * @param lines in the order of their names; those too that stay as they are
 * @param totals by currency
 */
public record WhatIf(List<Line> lines, List<Sum> totals) {
    /**
     * A line of the statement, whatever its rate is.
     *
     * @param kind such as {@code CALLS} or {@code DISPUTED}
     * @param originPeriod of late ones; empty for all others
     */
    public record Name(
            String kind,
            String side,
            String counterparty,
            String destination,
            String prefix,
            String originPeriod,
            String disputeClass,
            String currency)
            implements Comparable<Name> {
        private static final Comparator<Name> ORDER = Comparator.comparing(Name::kind)
                .thenComparing(Name::side)
                .thenComparing(Name::counterparty)
                .thenComparing(Name::destination)
                .thenComparing(Name::prefix)
                .thenComparing(Name::originPeriod)
                .thenComparing(Name::disputeClass)
                .thenComparing(Name::currency);

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }

        static Name of(StatementView.Line line) {
            return new Name(
                    line.kind(),
                    line.side(),
                    line.counterparty(),
                    line.destination(),
                    line.prefix(),
                    line.originPeriod(),
                    line.disputeClass(),
                    line.currency());
        }
    }

    /** What a line comes to, as published and by the other terms; 0 where it is not there. */
    public record Line(Name name, BigDecimal published, BigDecimal replayed) {
        /** What it is more; negative: less. */
        public BigDecimal difference() {
            return replayed.subtract(published);
        }
    }

    /** What is payable in a currency, likewise. */
    public record Sum(String currency, BigDecimal published, BigDecimal replayed) {
        /** What it is more; negative: less. */
        public BigDecimal difference() {
            return replayed.subtract(published);
        }
    }

    /** Compares. */
    public static WhatIf of(StatementView published, StatementView replayed) {
        SortedMap<Name, Line> lines = new TreeMap<>();
        all(published)
                .forEach(
                        line -> add(lines, new Line(Name.of(line), line.amount().value(), BigDecimal.ZERO)));
        all(replayed)
                .forEach(line -> add(
                        lines,
                        new Line(Name.of(line), BigDecimal.ZERO, line.amount().value())));
        SortedMap<String, Sum> totals = new TreeMap<>();
        for (Total total : published.trailer().totals()) {
            add(totals, new Sum(total.currency(), total.payable().value(), BigDecimal.ZERO));
        }
        for (Total total : replayed.trailer().totals()) {
            add(
                    totals,
                    new Sum(total.currency(), BigDecimal.ZERO, total.payable().value()));
        }
        return new WhatIf(List.copyOf(lines.values()), List.copyOf(totals.values()));
    }

    private static Stream<StatementView.Line> all(StatementView view) {
        return Stream.concat(view.lines().stream(), view.disputed().stream());
    }

    private static void add(SortedMap<Name, Line> lines, Line more) {
        lines.merge(
                more.name(),
                more,
                (one, other) -> new Line(
                        one.name(),
                        one.published().add(other.published()),
                        one.replayed().add(other.replayed())));
    }

    private static void add(SortedMap<String, Sum> totals, Sum more) {
        totals.merge(
                more.currency(),
                more,
                (one, other) -> new Sum(
                        one.currency(),
                        one.published().add(other.published()),
                        one.replayed().add(other.replayed())));
    }
}
