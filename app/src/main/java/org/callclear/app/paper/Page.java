package org.callclear.app.paper;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows that stand on one page, A4 upright, from the top. Measures are in points.
 *
 * @param rows with the head of a table again when it goes on here
 */
record Page(List<Row> rows) {
    static final float LEFT = 36;
    static final float TOP = 800;
    static final float WIDTH = 523;
    static final float FOOT = 28;
    static final float TEXT_SIZE = 8.5f;
    static final float LABEL_WIDTH = 100;
    static final float FACT_WIDTH = WIDTH - LABEL_WIDTH;
    private static final float BOTTOM = 50;
    private static final String CONTINUED = " (continued)";

    /** Distributes rows over pages: at least one. */
    static List<Page> of(List<Row> rows) {
        List<Page> pages = new ArrayList<>();
        List<Row> open = new ArrayList<>();
        float y = TOP;
        for (Row row : rows) {
            if (y - row.height() - row.keep() < BOTTOM && !open.isEmpty()) {
                pages.add(new Page(open));
                open = new ArrayList<>(again(row));
                y = TOP - height(open);
            }
            open.add(row);
            y -= row.height();
        }
        pages.add(new Page(open));
        return pages;
    }

    private static List<Row> again(Row first) {
        return switch (first) {
            case Row.TableLine line -> List.of(new Row.TableHead(), new Row.Group(line.group() + CONTINUED));
            case Row.Group group -> List.of(new Row.TableHead());
            default -> List.of();
        };
    }

    private static float height(List<Row> rows) {
        float sum = 0;
        for (Row row : rows) {
            sum += row.height();
        }
        return sum;
    }
}
