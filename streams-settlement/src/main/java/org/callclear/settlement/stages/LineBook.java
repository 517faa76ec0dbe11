package org.callclear.settlement.stages;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.callclear.schemas.avro.LineKind;
import org.callclear.schemas.avro.LineName;
import org.callclear.schemas.avro.RateTerms;
import org.callclear.settlement.price.PricedSide;
import org.callclear.settlement.totals.Lines;
import org.callclear.settlement.totals.Share;

/** Numbers the lines of statements, so that a call need not spell out their names to be added to them. */
final class LineBook {
    private final KeyValueStore<Long, SpecificRecord> store;
    private final Map<String, Long> byKey = new HashMap<>();
    private final Map<Long, LineName> byNumber = new HashMap<>();
    private final Map<Shortcut, Long> shortcuts = new HashMap<>();
    private long last;

    LineBook(KeyValueStore<Long, SpecificRecord> store) {
        this.store = store;
        try (KeyValueIterator<Long, SpecificRecord> all = store.all()) {
            all.forEachRemaining(entry -> remember(entry.key, (LineName) entry.value));
        }
    }

    /** What a line follows from: equal terms are the same object, see {@link StoredTerms}. */
    private record Shortcut(LineKind kind, Same terms, String carrier, String counterparty, String period, int day) {
        static Shortcut of(Share share) {
            PricedSide side = share.side();
            return new Shortcut(
                    share.kind(),
                    new Same(side.terms(), side.role() == org.callclear.schemas.avro.Role.ORIGINATING),
                    side.carrier(),
                    side.counterparty(),
                    side.placed().period(),
                    side.placed().day());
        }
    }

    /** Compares terms by identity, which is quick, and misses nothing but time when two objects are equal. */
    private record Same(RateTerms terms, boolean originating) {
        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return other instanceof Same same && same.terms == terms && same.originating == originating;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(terms) + (originating ? 1 : 0);
        }
    }

    /** The number of the line that a share belongs to. */
    long numberOf(Share share) {
        Shortcut shortcut = Shortcut.of(share);
        Long known = shortcuts.get(shortcut);
        if (known != null) {
            return known;
        }
        LineName line = share.line();
        Long number = byKey.get(Lines.key(line));
        if (number == null) {
            number = last + 1;
            store.put(number, line);
            remember(number, line);
        }
        shortcuts.put(shortcut, number);
        return number;
    }

    LineName line(long number) {
        return java.util.Objects.requireNonNull(byNumber.get(number), "line " + number);
    }

    /** All lines there are, by number. */
    List<Long> numbers() {
        return byNumber.keySet().stream().sorted().toList();
    }

    /** Lines of a period that is over. */
    void forget(List<Long> numbers) {
        for (long number : new ArrayList<>(numbers)) {
            store.delete(number);
            byKey.remove(Lines.key(line(number)));
            byNumber.remove(number);
        }
        shortcuts.values().removeAll(new java.util.HashSet<>(numbers));
    }

    private void remember(long number, LineName line) {
        byKey.put(Lines.key(line), number);
        byNumber.put(number, line);
        last = Math.max(last, number);
    }
}
