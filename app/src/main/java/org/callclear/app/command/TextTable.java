package org.callclear.app.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.callclear.app.logview.PlainText;

/** Columns of text, numbers to the right. */
final class TextTable {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9.]*");

    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... header) {
        rows.add(List.of(header));
    }

    void row(String... cells) {
        rows.add(Arrays.stream(cells).map(PlainText::line).toList());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int column = 0; column < row.size(); column++) {
                int width = width(column);
                boolean number = NUMBER.matcher(row.get(column)).matches();
                line.append(("%" + (number ? "" : "-") + width + "s").formatted(row.get(column)))
                        .append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).length())
                .reduce(1, Math::max); // A width of 0 is no format.
    }
}
