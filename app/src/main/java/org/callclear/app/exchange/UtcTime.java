package org.callclear.app.exchange;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Instants as the files have them: RFC 3339 in UTC, milliseconds at most. Years 0000 to 9999. */
final class UtcTime {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    /** A hash where a digit stands, and every other character as it must be. */
    private static final String SHAPE = "####-##-##T##:##:##";

    private static final int SECONDS_END = SHAPE.length();
    private static final int MOST_DECIMALS = 3;

    private UtcTime() {}

    /** With three decimals. */
    static String format(Instant instant) {
        return FORM.format(instant);
    }

    /** The instant; null when the text is none, has another offset than {@code Z} or is finer than a millisecond. */
    static @Nullable Instant parse(String text) {
        int decimals = text.length() - SECONDS_END - 2;
        boolean whole = text.length() == SECONDS_END + 1;
        if (!(whole || (decimals >= 1 && decimals <= MOST_DECIMALS)) || !text.endsWith("Z") || !hasShape(text)) {
            return null;
        }
        int millis = whole ? 0 : decimals(text, decimals);
        try {
            return millis < 0
                    ? null
                    : LocalDateTime.of(
                                    number(text, 0, 4),
                                    number(text, 5, 7),
                                    number(text, 8, 10),
                                    number(text, 11, 13),
                                    number(text, 14, 16),
                                    number(text, 17, 19))
                            .toInstant(ZoneOffset.UTC)
                            .plusMillis(millis);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean hasShape(String text) {
        for (int i = 0; i < SECONDS_END; i++) {
            char wanted = SHAPE.charAt(i);
            if (wanted == '#' ? !isDigit(text.charAt(i)) : text.charAt(i) != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int decimals(String text, int count) {
        if (text.charAt(SECONDS_END) != '.') {
            return -1;
        }
        int millis = 0;
        for (int i = 0; i < MOST_DECIMALS; i++) {
            char digit = i < count ? text.charAt(SECONDS_END + 1 + i) : '0';
            if (!isDigit(digit)) {
                return -1;
            }
            millis = millis * 10 + (digit - '0');
        }
        return millis;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
