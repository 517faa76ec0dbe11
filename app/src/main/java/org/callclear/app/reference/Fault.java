package org.callclear.app.reference;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a file, and where.
 *
 * @param file the file's name as it was given
 * @param line from 1; 0 when the file as a whole is at fault
 * @param field the column; empty when the line as a whole is at fault
 * @param value what stands there; empty when nothing does
 * @param why what is wrong and what would be right
 */
public record Fault(String file, long line, String field, String value, String why) {
    private static final int SHOWN = 80;

    /** One line for people: {@code carriers.csv:3: status 'ACTVE': must be ACTIVE or SUSPENDED}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file);
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(": ");
        if (!field.isEmpty()) {
            text.append(field);
            if (!value.isEmpty()) {
                text.append(" '").append(shown(value)).append('\'');
            }
            text.append(": ");
        }
        return text.append(why).toString();
    }

    /** Text of another's making, which may hold what it complains of. */
    static String oneLine(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\p{Cntrl}", "?");
    }

    /** A foreign value within a line: cleaned, and cut when it is long. */
    static String shown(String value) {
        String oneLine = oneLine(value);
        return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN) + "…";
    }
}
