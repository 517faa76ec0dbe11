package org.callclear.proxy.number;

import java.util.Locale;
import org.callclear.schemas.call.E164Number;
import org.callclear.sip.call.Cause;

/**
 * Reads what callers dial.
 *
 * <ul>
 *   <li>Percent escapes are undone (RFC 3261, 19.1.2), {@code tel:} and parameters dropped, and the visual separators
 *       {@code - . ( )} (RFC 3966, 3) and spaces left out.
 *   <li>{@code +} and digits is an international number; so are the international prefix and digits, and digits alone.
 *   <li>Digits that begin with a zero but not with the international prefix, or are too few, lack something: 484.
 *   <li>A number that only holds in a context ({@code phone-context}) lacks it as well: 484.
 *   <li>Anything else is no telephone number: 404.
 * </ul>
 */
public final class NumberReader {
    private static final int MOST_DIGITS = 15;
    private static final int LONGEST = 64;
    private static final String TEL = "tel:";

    private final String internationalPrefix;

    /** Reads numbers with the prefix {@code 00} of ITU-T E.123. */
    public NumberReader() {
        this("00");
    }

    /**
     * Reads numbers as they are dialled in one country.
     *
     * @param internationalPrefix what is dialled in place of the plus, 1 to 5 digits
     */
    public NumberReader(String internationalPrefix) {
        if (!internationalPrefix.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException(
                    "internationalPrefix '" + internationalPrefix + "': must be 1 to 5 digits");
        }
        this.internationalPrefix = internationalPrefix;
    }

    /** Reads the user part of a URI, or a tel URI whole. */
    public DialledNumber read(String userPart) {
        String text = unescaped(userPart);
        if (text.toLowerCase(Locale.ROOT).startsWith(TEL)) {
            text = text.substring(TEL.length());
        }
        int parameters = text.indexOf(';');
        String dialled = (parameters < 0 ? text : text.substring(0, parameters)).replaceAll("[-.() ]", "");
        boolean local = parameters >= 0
                && !dialled.startsWith("+")
                && text.substring(parameters).toLowerCase(Locale.ROOT).contains(";phone-context=");
        return read(dialled, local);
    }

    private DialledNumber read(String dialled, boolean local) {
        boolean plus = dialled.startsWith("+");
        String digits = plus ? dialled.substring(1) : dialled;
        if (digits.isEmpty() || dialled.length() > LONGEST || !isDigits(digits)) {
            return refused(404);
        }
        if (local) {
            return refused(484);
        }
        if (!plus && digits.startsWith(internationalPrefix)) {
            digits = digits.substring(internationalPrefix.length());
        }
        if (E164Number.isValid(digits)) {
            return new DialledNumber.Valid(new E164Number(digits));
        }
        return refused(digits.length() > MOST_DIGITS ? 404 : 484);
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static DialledNumber refused(int status) {
        return new DialledNumber.Invalid(status, Cause.INVALID_NUMBER);
    }

    /** A broken escape stays as it is, and is then no digit. */
    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int value = text.charAt(i) == '%' && i + 2 < text.length() ? hex(text, i + 1) : -1;
            if (value < 0) {
                out.append(text.charAt(i));
            } else {
                out.append((char) value);
                i += 2;
            }
        }
        return out.toString();
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
