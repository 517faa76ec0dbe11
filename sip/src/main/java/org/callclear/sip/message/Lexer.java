package org.callclear.sip.message;

import java.util.ArrayList;
import java.util.List;

/** The few rules of RFC 3261, 25.1 that all header fields share. */
final class Lexer {
    private Lexer() {}

    /** Splits where the separator stands outside quotes and angle brackets; pieces are trimmed. */
    static List<String> split(String text, char separator) throws Malformed {
        List<String> pieces = new ArrayList<>(4);
        int start = 0;
        for (int at = find(text, separator, 0); at >= 0; at = find(text, separator, start)) {
            pieces.add(text.substring(start, at).trim());
            start = at + 1;
        }
        pieces.add(text.substring(start).trim());
        return pieces;
    }

    /** Where the character stands outside quotes and angle brackets; -1 when nowhere. */
    static int find(String text, char wanted, int from) throws Malformed {
        boolean bracket = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == wanted && !bracket) {
                return i;
            } else if (c == '"' && !bracket) {
                i = endOfQuote(text, i);
            } else if (c == '<') {
                bracket = true;
            } else if (c == '>') {
                bracket = false;
            }
        }
        if (bracket) {
            throw new Malformed("open angle bracket");
        }
        return -1;
    }

    /** Where the quote that opens here ends (RFC 3261, 25.1: backslash quotes the next character). */
    static int endOfQuote(String text, int open) throws Malformed {
        for (int i = open + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i;
            }
        }
        throw new Malformed("open quote");
    }

    /** The text inside quotes, or the text itself when it has none. */
    static String unquote(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() - 1) {
                i++;
                out.append(text.charAt(i));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Whether it is a non-empty token. */
    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isTokenChar(char c) {
        return isAlphanumeric(c) || "-.!%*_+`'~".indexOf(c) >= 0;
    }

    static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** A whole number of at most the limit; the name goes into the fault. */
    static long number(String text, long limit, String name) throws Malformed {
        if (text.isEmpty() || text.length() > 19) {
            throw new Malformed("Bad " + name);
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                throw new Malformed("Bad " + name);
            }
            value = value * 10 + digit;
        }
        if (value > limit) {
            throw new Malformed("Bad " + name);
        }
        return value;
    }
}
