package org.callclear.settlement.stages;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.callclear.schemas.avro.LineKind;
import org.callclear.schemas.avro.LineName;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.schemas.avro.ReconciliationClass;
import org.callclear.schemas.avro.Role;
import org.callclear.settlement.price.PricedSide;
import org.callclear.settlement.totals.Lines;
import org.callclear.settlement.totals.Share;
import org.callclear.settlement.totals.Tally;
import org.jspecify.annotations.Nullable;

/** Numbers the lines of statements, so that a call need not spell out their names to be added to them. */
final class LineBook {
    private final KeyValueStore<Long, SpecificRecord> store;
    private final Function<Long, Tally> tallies;
    private final Function<LineName, @Nullable PairSums> pairs;
    private final Map<String, Line> byKey = new HashMap<>();
    private final Map<Shortcut, Line> shortcuts = new HashMap<>();
    private long last;

    /**
     * The lines in a store.
     *
     * @param tallies what the line of a number comes to so far
     * @param pairs the pair that a line counts for; null for none
     */
    LineBook(
            KeyValueStore<Long, SpecificRecord> store,
            Function<Long, Tally> tallies,
            Function<LineName, @Nullable PairSums> pairs) {
        this.store = store;
        this.tallies = tallies;
        this.pairs = pairs;
        try (KeyValueIterator<Long, SpecificRecord> all = store.all()) {
            all.forEachRemaining(entry -> remember(entry.key, (LineName) entry.value, false));
        }
    }

    /**
     * A line, its number, what it comes to so far and the pair that it counts for. Each is there once, and is compared as such.
     */
    static final class Line {
        private final Long number;
        private final LineName name;
        private final Tally tally;
        private final @Nullable PairSums pair;

        private Line(Long number, LineName name, Tally tally, @Nullable PairSums pair) {
            this.number = number;
            this.name = name;
            this.tally = tally;
            this.pair = pair;
        }

        Long number() {
            return number;
        }

        LineName name() {
            return name;
        }

        Tally tally() {
            return tally;
        }

        @Nullable
        PairSums pair() {
            return pair;
        }
    }

    /**
     * What a line follows from. Equal terms are the same object, see {@link StoredTerms}: they are compared by identity, which
     * is quick, and misses nothing but time when two objects are equal.
     */
    private record Shortcut(
            LineKind kind,
            @Nullable ReconciliationClass reconciliation,
            RateTerms terms,
            Role role,
            String carrier,
            String counterparty,
            String period,
            int day) {
        static Shortcut of(Share share) {
            PricedSide side = share.side();
            return new Shortcut(
                    share.kind(),
                    share.reconciliation(),
                    side.terms(),
                    side.role(),
                    side.carrier(),
                    side.counterparty(),
                    side.placed().period(),
                    side.placed().day());
        }

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return other instanceof Shortcut same
                    && same.terms == terms
                    && same.kind == kind
                    && same.reconciliation == reconciliation
                    && same.role == role
                    && same.day == day
                    && same.counterparty.equals(counterparty)
                    && same.carrier.equals(carrier)
                    && same.period.equals(period);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * System.identityHashCode(terms) + counterparty.hashCode()) + day;
        }
    }

    /** The line that a share belongs to. */
    Line of(Share share) {
        return shortcuts.computeIfAbsent(Shortcut.of(share), shortcut -> find(share.line()));
    }

    private Line find(LineName name) {
        Line known = byKey.get(Lines.key(name));
        return known == null ? remember(last + 1, name, true) : known;
    }

    /** All lines there are, by number. */
    List<Line> lines() {
        return byKey.values().stream()
                .sorted(Comparator.comparingLong(Line::number))
                .toList();
    }

    /** Lines of a period that is over. */
    void forget(List<Line> over) {
        for (Line line : over) {
            store.delete(line.number());
            byKey.remove(Lines.key(line.name()));
        }
        shortcuts.values().removeAll(new HashSet<>(over));
    }

    private Line remember(Long number, LineName name, boolean isNew) {
        Line line = new Line(number, name, tallies.apply(number), pairs.apply(name));
        if (isNew) {
            store.put(number, name);
        }
        byKey.put(Lines.key(name), line);
        last = Math.max(last, number);
        return line;
    }
}
