package org.callclear.app.paper;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.callclear.settlement.statement.PlainDecimal;
import org.callclear.settlement.statement.StatementView.Line;

/** What is shown of a line. */
enum LineColumn {
    DESTINATION("Destination", 34, Line::destination),
    PREFIX("Prefix", 16, Line::prefix),
    KIND("Kind", 12, Line::kind),
    ORIGIN_PERIOD("Late, of period", 22, Line::originPeriod),
    SIDE("Side", 15, Line::side),
    COUNTERPARTY("Counterparty", 20, Line::counterparty),
    RATE(
            "Rate per minute",
            16,
            line -> line.ratePerMinute().map(n -> (Object) n).orElse("")),
    CALLS("Calls", 12, line -> PlainDecimal.of(line.calls())),
    SECONDS("Seconds", 18, line -> PlainDecimal.of(line.seconds())),
    BILLED_SECONDS("Billed seconds", 18, line -> PlainDecimal.of(line.billedSeconds())),
    AMOUNT("Amount", 26, Line::amount),
    CURRENCY("Currency", 10, Line::currency),
    CLASS("Disputed as", 24, Line::disputeClass);

    private final String title;
    private final int characters;
    private final Function<Line, Object> content;

    LineColumn(String title, int characters, Function<Line, Object> content) {
        this.title = title;
        this.characters = characters;
        this.content = content;
    }

    /** The columns that these lines need: why is only said of what is disputed. */
    static List<LineColumn> of(List<Line> lines) {
        boolean disputed = lines.stream().anyMatch(line -> !line.disputeClass().isEmpty());
        return Arrays.stream(values())
                .filter(column -> disputed || column != CLASS)
                .toList();
    }

    /** What stands above the column. */
    String title() {
        return title;
    }

    /** Its usual width. */
    int characters() {
        return characters;
    }

    /** A {@link String} or a {@link PlainDecimal}. */
    Object of(Line line) {
        return content.apply(line);
    }

    /** Whether numbers stand in it, which are aligned right. */
    boolean isNumeric() {
        return switch (this) {
            case RATE, CALLS, SECONDS, BILLED_SECONDS, AMOUNT -> true;
            default -> false;
        };
    }
}
