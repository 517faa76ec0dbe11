package org.callclear.app.paper;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.callclear.app.paper.Summary.Entry;
import org.callclear.settlement.statement.StatementView;
import org.callclear.settlement.statement.StatementView.Line;

/** Turns a statement into the rows of a document. */
final class Layout {
    private static final String REPLACED =
            "A question mark may stand for a character that this document's font lacks; the JSON has it.";

    private final Typeface typeface;
    private final List<Row> rows = new ArrayList<>();

    private Layout(Typeface typeface) {
        this.typeface = typeface;
    }

    static List<Row> of(StatementView statement, Typeface typeface) {
        Layout layout = new Layout(typeface);
        layout.add(statement);
        return layout.rows;
    }

    private void add(StatementView statement) {
        rows.add(new Row.Title(
                typeface.printable("Statement " + statement.header().id())));
        for (Summary.Section section : Summary.of(statement)) {
            rows.add(new Row.Heading(typeface.printable(section.heading())));
            section.entries().forEach(this::add);
        }
        rows.add(new Row.Heading("Lines"));
        if (statement.lines().isEmpty()) {
            rows.add(note("This statement has no lines."));
        }
        table(statement.lines(), statement.header().carrier());
        if (!statement.disputed().isEmpty()) {
            rows.add(new Row.Heading("Withheld in dispute"));
            rows.add(note("These amounts are in no total. They are settled when their dispute is resolved."));
            table(statement.disputed(), statement.header().carrier());
        }
        if (typeface.hasReplaced()) {
            rows.add(new Row.Heading("Characters"));
            rows.add(note(REPLACED));
        }
    }

    private void add(Entry entry) {
        rows.add(
                switch (entry) {
                    case Entry.Fact fact -> fact(fact.label(), fact.text());
                    case Entry.Count count -> fact(count.label(), count.number().text());
                    case Entry.Amount amount ->
                        figure(amount.label(), amount.amount().text(), amount.currency(), amount.main());
                    case Entry.Exact exact -> figure(exact.label(), exact.fraction(), exact.currency(), false);
                    case Entry.Note note -> note(note.text());
                });
    }

    private Row fact(String label, String text) {
        return new Row.Fact(label, typeface.wrapped(typeface.printable(text), Page.TEXT_SIZE, Page.FACT_WIDTH));
    }

    private Row figure(String label, String number, String currency, boolean main) {
        return new Row.Figure(typeface.printable(label), number, typeface.printable(currency), main);
    }

    private Row note(String text) {
        return new Row.Note(typeface.wrapped(text, Page.TEXT_SIZE, Page.WIDTH));
    }

    private void table(List<Line> lines, String carrier) {
        if (!lines.isEmpty()) {
            rows.add(new Row.TableHead());
        }
        String group = "";
        for (Line line : lines) {
            String next = typeface.printable(group(line, carrier));
            if (!next.equals(group)) {
                rows.add(new Row.Group(next));
                group = next;
            }
            rows.add(new Row.TableLine(cells(line), remark(line), group));
        }
    }

    private List<String> cells(Line line) {
        return Arrays.stream(TableColumn.values())
                .map(column -> typeface.printable(column.of(line)))
                .toList();
    }

    private String remark(Line line) {
        List<String> remarks = new ArrayList<>();
        if (!line.disputeClass().isEmpty()) {
            remarks.add("disputed: " + line.disputeClass());
        }
        if (!line.originPeriod().isEmpty()) {
            remarks.add("late, belongs to period " + line.originPeriod());
        }
        return typeface.printable(String.join("; ", remarks));
    }

    private static String group(Line line, String carrier) {
        String with = line.counterparty();
        return switch (line.side()) {
            case "ORIGINATING" -> "Owed by " + carrier + ": calls sent to " + with;
            case "TERMINATING" -> "Due to " + carrier + ": calls completed for " + with;
            default -> (line.side() + " " + with).strip();
        };
    }
}
