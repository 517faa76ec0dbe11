package org.callclear.app.logview;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that a terminal only shows. Whoever writes a record may have put in it what moves the cursor, gives the window another
 * title, or turns the direction of what follows.
 */
public final class PlainText {
    /** Control characters of both kinds, invisible ones, such as those that turn the direction, and halves of characters. */
    private static final String OBEYED = "\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}";

    private static final Pattern IN_A_LINE = Pattern.compile("[" + OBEYED + "]");
    private static final Pattern IN_LINES = Pattern.compile("[" + OBEYED + "&&[^\\n\\t]]");

    private PlainText() {}

    /** Text of one line: what a terminal would obey is written out, such as an escape as {@code \}{@code u001b}. */
    public static String line(String text) {
        return writtenOut(IN_A_LINE, text);
    }

    /** Text of lines that are our own: line feeds and tabulators stay. What is JSON means the same afterwards. */
    public static String lines(String text) {
        return writtenOut(IN_LINES, text);
    }

    private static String writtenOut(Pattern obeyed, String text) {
        return obeyed.matcher(text).replaceAll(found -> Matcher.quoteReplacement(escape(found.group())));
    }

    /** Each half of a character beyond the first 65,536 by itself, as JSON has it. */
    private static String escape(String character) {
        StringBuilder escaped = new StringBuilder();
        character.chars().forEach(half -> escaped.append("\\u%04x".formatted(half)));
        return escaped.toString();
    }
}
