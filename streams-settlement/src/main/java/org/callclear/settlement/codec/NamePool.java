package org.callclear.settlement.codec;

import java.nio.charset.StandardCharsets;

/**
 * Few names, of carriers, gateways and topics, stand in all records: one that was met lately is the same string again. Forgets
 * a name when another one takes its place, so that it never grows. For one thread.
 */
final class NamePool {
    private static final int PLACES = 1 << 12;

    private final String[] names = new String[PLACES];

    NamePool() {
        java.util.Arrays.fill(names, "");
    }

    /** The text that these bytes are in UTF-8. */
    String name(byte[] bytes, int from, int length) {
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + bytes[i];
        }
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        String known = names[place];
        if (!isSame(known, bytes, from, length)) {
            known = new String(bytes, from, length, StandardCharsets.UTF_8);
            names[place] = known;
        }
        return known;
    }

    /** Only text of one byte a character is found again: no other has as many characters as bytes. */
    static boolean isSame(String known, byte[] bytes, int from, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
