package org.callclear.app.paper;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.callclear.settlement.statement.PlainDecimal;
import org.callclear.settlement.statement.StatementView;
import org.callclear.settlement.statement.StatementView.Sums;
import org.callclear.settlement.statement.StatementView.Total;
import org.callclear.settlement.statement.StatementView.Withheld;

/** All that a statement says besides its lines, in words and in order: the same for every form on paper. */
final class Summary {
    private static final String TAXES =
            "All amounts are without taxes. Taxes are no part of this statement; they are left to the receiver.";
    private static final String TRUTH =
            "The statement's canonical JSON with this SHA-256 is the original; this document is a view of it.";

    private final StatementView statement;

    private Summary(StatementView statement) {
        this.statement = statement;
    }

    /** Rows under a heading. */
    record Section(String heading, List<Entry> entries) {}

    /** One row. */
    sealed interface Entry {
        /** A named text. */
        record Fact(String label, String text) implements Entry {}

        /** A named number. */
        record Count(String label, PlainDecimal number) implements Entry {}

        /** A named amount of money; the main ones stand out. */
        record Amount(String label, PlainDecimal amount, String currency, boolean main) implements Entry {}

        /** A named amount that may be a fraction such as {@code 1/3}. */
        record Exact(String label, String fraction, String currency) implements Entry {}

        /** A sentence. */
        record Note(String text) implements Entry {}
    }

    /** The sections of a statement. */
    static List<Section> of(StatementView statement) {
        return new Summary(statement).sections();
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("Period and parties", about()));
        Set<String> currencies = currencies();
        currencies.forEach(currency -> sections.add(new Section("Totals in " + currency, totals(currency))));
        if (currencies.isEmpty()) {
            sections.add(new Section(
                    "Totals", List.of(new Entry.Note("Nothing was settled in this period: nothing is payable."))));
        }
        sections.add(new Section("Taxes", List.of(new Entry.Note(TAXES))));
        sections.add(new Section("Audit", audit()));
        return sections;
    }

    private List<Entry> about() {
        StatementView.Header header = statement.header();
        List<Entry> facts = new ArrayList<>();
        fact(facts, "Statement", header.id());
        fact(facts, "Carrier", header.carrier());
        fact(facts, "Number", Long.toString(header.sequence()));
        fact(facts, "Period", header.period());
        fact(facts, "From", header.from());
        fact(facts, "Until before", header.to());
        fact(facts, "Time zone", header.timeZone());
        fact(facts, "Parties", header.parties().stream().map(Summary::named).collect(Collectors.joining(", ")));
        fact(facts, "Contracts", String.join(", ", header.contracts()));
        fact(facts, "Rate decks", String.join(", ", header.decks()));
        return facts;
    }

    private static String named(StatementView.Party party) {
        return party.id().equals(party.role()) ? party.id() : party.id() + " (" + party.role() + ")";
    }

    private static void fact(List<Entry> facts, String label, String text) {
        if (!text.isEmpty()) {
            facts.add(new Entry.Fact(label, text));
        }
    }

    private Set<String> currencies() {
        Set<String> all = new LinkedHashSet<>();
        statement.trailer().totals().forEach(total -> all.add(total.currency()));
        statement.trailer().disputed().forEach(sum -> all.add(sum.currency()));
        return all;
    }

    private List<Entry> totals(String currency) {
        List<Entry> rows = new ArrayList<>();
        statement.trailer().totals().stream()
                .filter(total -> total.currency().equals(currency))
                .forEach(total -> rows.addAll(total(total)));
        statement.trailer().disputed().stream()
                .filter(sum -> sum.currency().equals(currency))
                .forEach(sum -> rows.addAll(withheld(sum)));
        return rows;
    }

    private List<Entry> total(Total total) {
        String currency = total.currency();
        return List.of(
                new Entry.Amount("Owed by the carrier for calls it sent", total.owed(), currency, false),
                new Entry.Amount("Less due to the carrier for calls it completed", total.due(), currency, false),
                new Entry.Amount("Rounding to the currency's minor unit", total.rounding(), currency, false),
                new Entry.Amount(payable(total), total.payable(), currency, true),
                new Entry.Exact("Exact sum before any rounding", total.exact(), currency),
                new Entry.Amount(
                        "Rounding difference: payable less the exact sum",
                        total.roundingDifference(),
                        currency,
                        false));
    }

    private String payable(Total total) {
        return switch (total.payable().value().signum()) {
            case 1 -> "Payable by " + statement.header().carrier();
            case -1 -> "Payable to " + statement.header().carrier() + " (negative: the carrier is paid)";
            default -> "Payable";
        };
    }

    private static List<Entry> withheld(Withheld sum) {
        return List.of(
                new Entry.Amount("Withheld in dispute, not in the totals: owed", sum.owed(), sum.currency(), false),
                new Entry.Amount("Withheld in dispute, not in the totals: due", sum.due(), sum.currency(), false));
    }

    private List<Entry> audit() {
        StatementView.Trailer trailer = statement.trailer();
        List<Entry> rows = new ArrayList<>();
        rows.add(new Entry.Count("Lines", PlainDecimal.of(trailer.lines())));
        side(rows, "Sent", trailer.originating());
        side(rows, "Completed", trailer.terminating());
        fact(rows, "First answer", trailer.firstAnswer());
        fact(rows, "Last answer", trailer.lastAnswer());
        fact(
                rows,
                "Log positions",
                statement.header().positions().stream().map(Summary::stretch).collect(Collectors.joining(", ")));
        fact(rows, "Engine", statement.header().engine());
        statement.seal().ifPresent(seal -> seal(rows, seal));
        rows.add(new Entry.Fact("SHA-256", statement.digest()));
        rows.add(new Entry.Note(TRUTH));
        return rows;
    }

    private static void seal(List<Entry> rows, StatementView.Seal seal) {
        rows.add(new Entry.Count("Lines of calls under the root", PlainDecimal.of(seal.leaves())));
        fact(rows, "Root", seal.root());
        fact(rows, "Statement before, SHA-256", seal.previous());
        fact(rows, "Signed with key", seal.keyId());
    }

    private static void side(List<Entry> rows, String side, Sums sums) {
        rows.add(new Entry.Count(side + ": calls", PlainDecimal.of(sums.calls())));
        rows.add(new Entry.Count(side + ": seconds", PlainDecimal.of(sums.seconds())));
        rows.add(new Entry.Count(side + ": billed seconds", PlainDecimal.of(sums.billedSeconds())));
    }

    private static String stretch(StatementView.Position position) {
        return "partition " + position.partition() + ": " + position.from() + " to before " + position.to();
    }
}
