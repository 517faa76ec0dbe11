package org.callclear.app.paper;

import org.callclear.app.paper.Summary.Entry;
import org.callclear.settlement.statement.PlainDecimal;
import org.callclear.settlement.statement.StatementView;
import org.dhatim.fastexcel.Worksheet;

/** The first sheet of a workbook. */
final class SummarySheet {
    private static final int LABEL = 0;
    private static final int VALUE = 1;
    private static final int CURRENCY = 2;
    private static final int LABEL_WIDTH = 46;
    private static final int VALUE_WIDTH = 46;
    private static final int CURRENCY_WIDTH = 10;
    /** What runs over all columns in any usual font. */
    private static final int NOTE_CHARACTERS = 105;

    /** What a row is high at the usual font size, in points. */
    private static final int ROW_POINTS = 15;

    /** A sheet has no higher rows. */
    private static final int MOST_POINTS = 409;

    private static final int TITLE_POINTS = 16;
    private static final int HEADING_POINTS = 12;
    private static final String DIGITS =
            "Numbers with more than 15 significant digits are texts: as numbers a spreadsheet would change their last digits.";

    private final Worksheet sheet;
    private final Cells cells;
    private int row;

    private SummarySheet(Worksheet sheet) {
        this.sheet = sheet;
        this.cells = new Cells(sheet);
    }

    static void write(Worksheet sheet, StatementView statement) {
        sheet.width(LABEL, LABEL_WIDTH);
        sheet.width(VALUE, VALUE_WIDTH);
        sheet.width(CURRENCY, CURRENCY_WIDTH);
        sheet.hideGridLines();
        new SummarySheet(sheet).write(statement);
    }

    private void write(StatementView statement) {
        cells.bold(row, LABEL, "Statement " + statement.header().id(), TITLE_POINTS);
        row += 2;
        for (Summary.Section section : Summary.of(statement)) {
            cells.bold(row++, LABEL, section.heading(), HEADING_POINTS);
            section.entries().forEach(this::write);
            row++;
        }
        note(DIGITS);
    }

    private void write(Entry entry) {
        switch (entry) {
            case Entry.Fact fact -> fact(fact);
            case Entry.Count count -> number(count.label(), count.number(), false);
            case Entry.Amount amount -> {
                cells.currency(row, CURRENCY, amount.currency());
                number(amount.label(), amount.amount(), amount.main());
            }
            case Entry.Exact exact -> {
                cells.put(row, LABEL, exact.label());
                cells.right(row, VALUE, exact.fraction());
                cells.currency(row++, CURRENCY, exact.currency());
            }
            case Entry.Note note -> note(note.text());
        }
    }

    private void fact(Entry.Fact fact) {
        cells.put(row, LABEL, fact.label());
        cells.wrapped(row, VALUE, fact.text());
        grow(fact.text(), VALUE_WIDTH);
        row++;
    }

    private void number(String label, PlainDecimal number, boolean main) {
        if (main) {
            cells.bold(row, LABEL, label, HEADING_POINTS - 1);
        } else {
            cells.put(row, LABEL, label);
        }
        cells.number(row, VALUE, number, main);
        row++;
    }

    /** In rows of its own: FastExcel writes merged cells in an order that changes from run to run. */
    private void note(String text) {
        String rest = text;
        while (rest.length() > NOTE_CHARACTERS) {
            int space = rest.lastIndexOf(' ', NOTE_CHARACTERS);
            cells.put(row++, LABEL, rest.substring(0, space));
            rest = rest.substring(space + 1);
        }
        cells.put(row++, LABEL, rest);
    }

    /** Not every program makes room for wrapped text by itself. */
    private void grow(String text, int characters) {
        int lines = (text.length() + characters - 1) / characters;
        if (lines > 1) {
            sheet.rowHeight(row, Math.min(lines * ROW_POINTS, MOST_POINTS));
        }
    }
}
