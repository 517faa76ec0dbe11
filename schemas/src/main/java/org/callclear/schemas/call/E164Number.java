package org.callclear.schemas.call;

import java.util.regex.Pattern;

/**
 * A telephone number in the international form of ITU-T E.164: 7 to 15 digits, the first not zero, no plus.
 *
 * <p>{@link #toString()} is masked, so that no log ever shows a subscriber's number; {@link #digits()} is for wires and
 * topics.
 */
public record E164Number(String digits) implements Comparable<E164Number> {
    private static final int SHORTEST = 7;
    private static final int LONGEST = 15;
    private static final int SHOWN = 4;
    /** So many digits; or after a plus, as people write numbers, with blanks, brackets and hyphens between them. */
    private static final Pattern LONG_DIGITS = Pattern.compile("\\p{Nd}{" + SHORTEST + ",}|\\+(?![0-9]{" + SHORTEST
            + "})[1-9](?:[ ()/-]{0,2}[0-9]){" + (SHORTEST - 1) + ",}");

    private static final Pattern NOT_OF_A_NUMBER = Pattern.compile("[^0-9+]");

    /** @throws IllegalArgumentException when the digits are not an E.164 number; the message is masked */
    public E164Number {
        if (!isValid(digits)) {
            throw new IllegalArgumentException("not an E.164 number: " + mask(digits));
        }
    }

    /** Whether the text is an E.164 number in digits. */
    public static boolean isValid(String digits) {
        int length = digits.length();
        if (length < SHORTEST || length > LONGEST || digits.charAt(0) == '0') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** The first digits and a star for each of the others: what a log may show of any dialled text. */
    public static String mask(String text) {
        int shown = Math.min(SHOWN, text.length() / 2);
        return NOT_OF_A_NUMBER.matcher(text.substring(0, shown)).replaceAll("?") + "*".repeat(text.length() - shown);
    }

    /** Text that people or programs wrote, with whatever is long enough for a number masked in it. */
    public static String maskIn(String text) {
        return LONG_DIGITS.matcher(text).replaceAll(found -> mask(found.group()));
    }

    /** The number as a tel URI (RFC 3966), for wires. */
    public String toTelUri() {
        return "tel:+" + digits;
    }

    @Override
    public int compareTo(E164Number other) {
        return digits.compareTo(other.digits);
    }

    @Override
    public String toString() {
        return mask(digits);
    }
}
