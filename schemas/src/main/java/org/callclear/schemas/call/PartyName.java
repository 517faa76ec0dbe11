package org.callclear.schemas.call;

import java.util.regex.Pattern;

/**
 * The form of a party's name: 2 to 32 lower-case letters, digits and hyphens, a letter first, no hyphen last. It has no
 * dot, so that a name can never reach across the dots of a topic name or a principal.
 */
public final class PartyName {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 32;
    private static final int LONGEST_SHOWN = 64;
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^ -~]");

    private PartyName() {}

    /** What a message may show of a text that came from somebody else: printable ASCII, and not much of it. */
    public static String shown(String text) {
        String cut = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text;
        return NOT_PRINTABLE.matcher(cut).replaceAll("?");
    }

    /** Whether the text has the form of a party's name. */
    public static boolean isValid(String text) {
        int length = text.length();
        if (length < SHORTEST || length > LONGEST || !isLetter(text.charAt(0)) || text.charAt(length - 1) == '-') {
            return false;
        }
        for (int i = 1; i < length; i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && c != '-' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    /** @throws IllegalArgumentException naming the field and the value when the text has another form */
    public static void require(String field, String text) {
        if (!isValid(text)) {
            throw new IllegalArgumentException(
                    field + " '" + shown(text) + "': must be 2 to 32 lower-case letters, digits or"
                            + " hyphens, a letter first and no hyphen last");
        }
    }
}
