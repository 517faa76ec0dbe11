package org.callclear.settlement.net;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The positions of several currencies, brought together in one of them. */
public sealed interface Conversion {
    /**
     * All rates were there.
     *
     * @param target the currency that all became
     * @param day the last day whose rates may be used
     * @param lines of every participant, by name
     * @param residual what rounding left, so that all sums to 0; the clearinghouse's, beside its own line
     */
    record Converted(String target, LocalDate day, List<Line> lines, BigDecimal residual) implements Conversion {
        /** Copies the lines. */
        public Converted {
            lines = List.copyOf(lines);
        }

        /** The net position of every participant in the target currency, the residual with the clearinghouse's. */
        public SortedMap<String, BigDecimal> positions() {
            SortedMap<String, BigDecimal> positions = new TreeMap<>();
            lines.forEach(line -> positions.put(line.participant(), line.net()));
            if (residual.signum() != 0) {
                positions.merge(Netting.CLEARINGHOUSE, residual, BigDecimal::add);
            }
            return Collections.unmodifiableSortedMap(positions);
        }
    }

    /**
     * Nothing is converted, for rates are missing.
     *
     * @param missing all of them
     */
    record Refused(List<Quote.Missing> missing) implements Conversion {
        /** Copies the list. */
        public Refused {
            missing = List.copyOf(missing);
        }
    }

    /**
     * What a participant has in one currency.
     *
     * @param amount exact, in that currency; plus: receives, minus: pays
     * @param quote what it is converted by
     * @param converted in the target's minor units
     */
    record Part(String currency, BigDecimal amount, Quote.Found quote, BigDecimal converted) {}

    /**
     * One participant.
     *
     * @param parts the currencies it has something in, by code
     * @param net the sum of what they became
     */
    record Line(String participant, List<Part> parts, BigDecimal net) {
        /** Copies the parts. */
        public Line {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Converts the positions.
     *
     * @param results one for each currency
     * @param target ISO 4217
     * @param day rates dated later are not used
     */
    static Conversion of(Collection<NettingResult> results, String target, LocalDate day, RateBook rates) {
        SortedMap<String, Quote.Found> found = new TreeMap<>();
        List<Quote.Missing> missing = new ArrayList<>();
        for (NettingResult result : results) {
            if (result.positions().values().stream().anyMatch(position -> position.signum() != 0)) {
                switch (rates.quote(result.currency(), target, day)) {
                    case Quote.Found quote -> found.put(result.currency(), quote);
                    case Quote.Missing quote -> missing.add(quote);
                }
            }
        }
        return missing.isEmpty() ? converted(results, found, target, day) : new Refused(missing);
    }

    private static Converted converted(
            Collection<NettingResult> results, SortedMap<String, Quote.Found> quotes, String target, LocalDate day) {
        SortedSet<String> participants = new TreeSet<>();
        results.forEach(result -> participants.addAll(result.positions().keySet()));
        List<Line> lines = participants.stream()
                .map(participant -> line(participant, results, quotes, target))
                .toList();
        BigDecimal sum = sum(lines.stream().map(Line::net).toList(), target);
        return new Converted(target, day, lines, sum.negate());
    }

    private static Line line(
            String participant,
            Collection<NettingResult> results,
            SortedMap<String, Quote.Found> quotes,
            String target) {
        List<Part> parts = new ArrayList<>();
        for (NettingResult result : results) {
            BigDecimal amount = result.positions().getOrDefault(participant, BigDecimal.ZERO);
            Quote.Found quote = quotes.get(result.currency());
            if (amount.signum() != 0 && quote != null) {
                parts.add(new Part(result.currency(), amount, quote, quote.convert(amount)));
            }
        }
        return new Line(
                participant, parts, sum(parts.stream().map(Part::converted).toList(), target));
    }

    private static BigDecimal sum(List<BigDecimal> amounts, String currency) {
        return amounts.stream().reduce(MinorUnits.rounded(BigDecimal.ZERO, currency), BigDecimal::add);
    }
}
