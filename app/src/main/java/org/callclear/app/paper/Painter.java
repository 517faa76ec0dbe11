package org.callclear.app.paper;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDPageContentStream;

/** Draws the rows of one page. A text that may be cut is cut with an ellipsis; anything else is set smaller until it fits. */
final class Painter {
    private static final float TITLE_SIZE = 16;
    private static final float HEADING_SIZE = 10.5f;
    private static final float MAIN_SIZE = 10;
    private static final float TABLE_SIZE = 7.5f;
    private static final float FOOT_SIZE = 6.5f;
    private static final float GAP = 4;
    private static final float FIGURE_RIGHT = Page.LEFT + 420;
    private static final float FIGURE_WIDTH = 150;
    private static final float LINE_HEIGHT = 12;
    private static final float PAGE_NUMBER_WIDTH = 80;

    private final Ink ink;
    private float y = Page.TOP;

    Painter(PDPageContentStream stream, Typeface typeface) {
        this.ink = new Ink(stream, typeface);
    }

    void draw(Page page) throws IOException {
        for (Row row : page.rows()) {
            y -= row.height();
            draw(row);
        }
    }

    /** Which statement it is of, and which page of how many. */
    void foot(String text, String number) throws IOException {
        ink.rule(Page.LEFT, Page.FOOT + LINE_HEIGHT, Page.WIDTH, Ink.GREY);
        ink.small(text, Page.LEFT, Page.FOOT, Page.WIDTH - PAGE_NUMBER_WIDTH, FOOT_SIZE, false);
        ink.right(number, Page.LEFT + Page.WIDTH, Page.FOOT, PAGE_NUMBER_WIDTH, FOOT_SIZE, false);
    }

    private void draw(Row row) throws IOException {
        switch (row) {
            case Row.Title title -> ink.small(title.text(), Page.LEFT, y + 10, Page.WIDTH, TITLE_SIZE, true);
            case Row.Heading heading -> {
                ink.small(heading.text(), Page.LEFT, y + 7, Page.WIDTH, HEADING_SIZE, true);
                ink.rule(Page.LEFT, y + 3, Page.WIDTH, Ink.GREY);
            }
            case Row.Fact fact -> {
                ink.small(fact.label(), Page.LEFT, top(fact), Page.LABEL_WIDTH - GAP, Page.TEXT_SIZE, false);
                lines(fact.lines(), Page.LEFT + Page.LABEL_WIDTH, top(fact));
            }
            case Row.Figure figure -> figure(figure);
            case Row.Note note -> lines(note.lines(), Page.LEFT, top(note));
            case Row.TableHead head -> head();
            case Row.Group group -> ink.small(group.text(), Page.LEFT, y + 3, Page.WIDTH, TABLE_SIZE, true);
            case Row.TableLine line -> line(line);
        }
    }

    private float top(Row row) {
        return y + row.height() - LINE_HEIGHT + 3;
    }

    private void lines(List<String> lines, float x, float top) throws IOException {
        float at = top;
        for (String line : lines) {
            ink.small(line, x, at, Page.WIDTH, Page.TEXT_SIZE, false);
            at -= LINE_HEIGHT;
        }
    }

    private void figure(Row.Figure figure) throws IOException {
        float size = figure.main() ? MAIN_SIZE : Page.TEXT_SIZE;
        if (figure.main()) {
            ink.rule(Page.LEFT, y + 15, FIGURE_RIGHT - Page.LEFT + 30, Ink.BLACK);
        }
        float width = FIGURE_RIGHT - FIGURE_WIDTH - Page.LEFT - GAP;
        ink.small(figure.label(), Page.LEFT, y + 4, width, size, figure.main());
        ink.right(figure.number(), FIGURE_RIGHT, y + 4, FIGURE_WIDTH, size, figure.main());
        ink.small(figure.currency(), FIGURE_RIGHT + GAP, y + 4, Page.WIDTH, size, figure.main());
    }

    private void head() throws IOException {
        ink.box(Page.LEFT, y, Page.WIDTH, 14);
        float x = Page.LEFT;
        for (TableColumn column : TableColumn.values()) {
            cell(column, column.title(), x, y + 4, true);
            x += column.width();
        }
    }

    private void line(Row.TableLine line) throws IOException {
        float x = Page.LEFT;
        Iterator<String> cells = line.cells().iterator();
        for (TableColumn column : TableColumn.values()) {
            cell(column, cells.next(), x, y + line.height() - TABLE_SIZE - 1, false);
            x += column.width();
        }
        ink.small(line.remark(), Page.LEFT + GAP, y + 3, Page.WIDTH, FOOT_SIZE, false);
        ink.rule(Page.LEFT, y, Page.WIDTH, Ink.PALE);
    }

    private void cell(TableColumn column, String text, float x, float base, boolean bold) throws IOException {
        float width = column.width() - GAP;
        if (column.isRight()) {
            ink.right(text, x + width, base, width, TABLE_SIZE, bold);
        } else if (column == TableColumn.DESTINATION && !bold) {
            ink.cut(text, x, base, width, TABLE_SIZE);
        } else {
            ink.small(text, x, base, width, TABLE_SIZE, bold);
        }
    }
}
