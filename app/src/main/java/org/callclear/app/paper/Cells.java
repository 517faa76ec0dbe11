package org.callclear.app.paper;

import org.callclear.settlement.statement.PlainDecimal;
import org.dhatim.fastexcel.BorderStyle;
import org.dhatim.fastexcel.Worksheet;

/** Writes the cells of a sheet: texts as texts, numbers with all their digits. */
final class Cells {
    private final Worksheet sheet;

    Cells(Worksheet sheet) {
        this.sheet = sheet;
    }

    /** A {@link PlainDecimal}, or a text, which stays one whatever it begins with. */
    void put(int row, int column, Object content) {
        if (content instanceof PlainDecimal number) {
            number(row, column, number, false);
        } else if (!content.toString().isEmpty()) {
            sheet.value(row, column, content.toString());
            sheet.style(row, column).format("@").verticalAlignment("top").set();
        }
    }

    /** A number; as a text when a spreadsheet cannot hold its digits. */
    void number(int row, int column, PlainDecimal number, boolean main) {
        boolean held = SheetNumber.holds(number);
        if (held) {
            sheet.value(row, column, new SheetNumber(number));
        } else {
            sheet.value(row, column, number.text());
        }
        var style = sheet.style(row, column)
                .format(held ? format(number) : "@")
                .horizontalAlignment("right")
                .verticalAlignment("top");
        (main ? style.bold() : style).set();
    }

    /** As many decimals as the number has. In a format the point is the reader's own separator. */
    private static String format(PlainDecimal number) {
        return number.decimals() == 0 ? "0" : "0." + "0".repeat(number.decimals());
    }

    /** What stands over a column. */
    void heading(int row, int column, String text, boolean right) {
        sheet.value(row, column, text);
        var style =
                sheet.style(row, column).bold().borderStyle(BorderStyle.THIN).fillColor("E7ECF2");
        (right ? style.horizontalAlignment("right") : style).set();
    }

    /** A bold text. */
    void bold(int row, int column, String text, int points) {
        sheet.value(row, column, text);
        sheet.style(row, column).bold().fontSize(points).set();
    }

    /** A currency, with room between it and the amount before it. */
    void currency(int row, int column, String text) {
        sheet.value(row, column, text);
        sheet.style(row, column)
                .format("@")
                .horizontalAlignment("left")
                .verticalAlignment("top")
                .indent(1)
                .set();
    }

    /** A text on the right. */
    void right(int row, int column, String text) {
        sheet.value(row, column, text);
        sheet.style(row, column)
                .format("@")
                .horizontalAlignment("right")
                .verticalAlignment("top")
                .set();
    }

    /** A text over several lines of a cell. */
    void wrapped(int row, int column, String text) {
        sheet.value(row, column, text);
        sheet.style(row, column)
                .format("@")
                .wrapText(true)
                .verticalAlignment("top")
                .set();
    }
}
