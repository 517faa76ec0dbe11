package org.callclear.app.paper;

import java.util.function.Function;
import org.callclear.settlement.statement.PlainDecimal;
import org.callclear.settlement.statement.StatementView.Line;

/** A column of a document's table; side and counterparty stand over their lines instead. The widths sum to {@link Page#WIDTH}. */
enum TableColumn {
    DESTINATION("Destination", 128, false, Line::destination),
    PREFIX("Prefix", 62, false, Line::prefix),
    KIND("Kind", 62, false, Line::kind),
    RATE(
            "Rate/min",
            46,
            true,
            line -> line.ratePerMinute().map(PlainDecimal::text).orElse("")),
    CALLS("Calls", 36, true, line -> Long.toString(line.calls())),
    SECONDS("Seconds", 44, true, line -> Long.toString(line.seconds())),
    BILLED_SECONDS("Billed s", 44, true, line -> Long.toString(line.billedSeconds())),
    AMOUNT("Amount", 76, true, line -> line.amount().text()),
    CURRENCY("", 25, false, Line::currency);

    private final String title;
    private final float width;
    private final boolean right;
    private final Function<Line, String> content;

    TableColumn(String title, float width, boolean right, Function<Line, String> content) {
        this.title = title;
        this.width = width;
        this.right = right;
        this.content = content;
    }

    String title() {
        return title;
    }

    /** In points, with the gap to its neighbour. */
    float width() {
        return width;
    }

    /** Whether numbers stand in it. */
    boolean isRight() {
        return right;
    }

    String of(Line line) {
        return content.apply(line);
    }
}
