package org.callclear.app.paper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.callclear.settlement.statement.StatementView;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A statement as a workbook (XLSX): a summary, the lines, and the disputed lines when there are any. No cell is a formula.
 *
 * <p>A number that has at most 15 significant digits is a number; a spreadsheet shows all its digits. One with more would
 * lose its last ones, and is a text.
 */
public final class StatementWorkbook {
    private static final String FOOT_FONT = "Calibri";
    private static final int FOOT_POINTS = 8;

    private StatementWorkbook() {}

    /**
     * The bytes of the file, the same for the same statement.
     *
     * @param json a statement's canonical JSON
     * @throws IllegalArgumentException when it is not one
     */
    public static byte[] of(byte[] json) {
        StatementView statement = StatementView.of(json);
        try {
            return TimelessZip.of(
                    written(statement),
                    statement.header().end().map(Instant::toString).orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has none
        }
    }

    private static byte[] written(StatementView statement) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "Callclear", null)) {
            workbook.properties().setTitle("Statement " + statement.header().id());
            SummarySheet.write(sheet(workbook, "Summary", statement, "portrait"), statement);
            lines(sheet(workbook, "Lines", statement, "landscape"), statement.lines());
            if (!statement.disputed().isEmpty()) {
                lines(sheet(workbook, "Disputed", statement, "landscape"), statement.disputed());
            }
        }
        return bytes.toByteArray();
    }

    private static Worksheet sheet(Workbook workbook, String name, StatementView statement, String orientation) {
        Worksheet sheet = workbook.newWorksheet(name);
        sheet.paperSize(PaperSize.A4_PAPER);
        sheet.pageOrientation(orientation);
        sheet.fitToWidth((short) 1);
        sheet.fitToHeight((short) 0);
        // In a footer an ampersand begins a code; twice it stands for itself.
        sheet.footer(statement.header().id().replace("&", "&&"), Position.LEFT, FOOT_FONT, FOOT_POINTS);
        sheet.footer("Page &P of &N", Position.RIGHT, FOOT_FONT, FOOT_POINTS);
        return sheet;
    }

    private static void lines(Worksheet sheet, List<StatementView.Line> lines) {
        Cells cells = new Cells(sheet);
        List<LineColumn> columns = LineColumn.of(lines);
        int width = 0;
        for (LineColumn column : columns) {
            sheet.width(width, column.characters());
            cells.heading(0, width++, column.title(), column.isNumeric());
        }
        sheet.freezePane(1, 1);
        sheet.repeatRows(0);
        int row = 1;
        for (StatementView.Line line : lines) {
            line(cells, row++, columns, line);
        }
        if (row > 1) {
            sheet.setAutoFilter(0, 0, row - 1, width - 1);
        }
    }

    private static void line(Cells cells, int row, List<LineColumn> columns, StatementView.Line line) {
        int at = 0;
        for (LineColumn column : columns) {
            if (column == LineColumn.CURRENCY) {
                cells.currency(row, at++, line.currency());
            } else {
                cells.put(row, at++, column.of(line));
            }
        }
    }
}
