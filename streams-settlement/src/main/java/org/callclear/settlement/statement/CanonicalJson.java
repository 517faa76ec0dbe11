package org.callclear.settlement.statement;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON as RFC 8785 has it: members sorted by UTF-16 code units, no white space, the shortest escapes. Numbers are whole
 * and within 2^53, so that no reader's floating point can change them; amounts are strings.
 */
public final class CanonicalJson {
    private static final long MOST = 1L << 53;

    private CanonicalJson() {}

    /**
     * The bytes of a value.
     *
     * @param value a map with string keys, an iterable, a string, a long, an int or a boolean
     * @throws IllegalArgumentException when it is, or holds, anything else, null too
     */
    public static byte[] bytes(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        if (value == null) {
            throw new IllegalArgumentException("not for a statement: null");
        }
        switch (value) {
            case String text -> string(text, out);
            case Boolean truth -> out.append(truth.booleanValue());
            case Integer number -> out.append(number.intValue());
            case Long number -> number(number, out);
            case Map<?, ?> members -> object(members, out);
            case Iterable<?> elements -> array(elements, out);
            default -> throw new IllegalArgumentException("not for a statement: " + value.getClass());
        }
    }

    private static void number(long number, StringBuilder out) {
        if (Math.abs(number) > MOST) {
            throw new IllegalArgumentException(number + ": beyond 2^53 a JSON reader may change it");
        }
        out.append(number);
    }

    private static void object(Map<?, ?> members, StringBuilder out) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        members.forEach((name, member) -> sorted.put((String) name, member));
        char before = '{';
        for (Map.Entry<String, Object> member : sorted.entrySet()) {
            out.append(before);
            string(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            before = ',';
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private static void array(Iterable<?> elements, StringBuilder out) {
        out.append('[');
        for (Iterator<?> rest = elements.iterator(); rest.hasNext(); ) {
            write(rest.next(), out);
            out.append(rest.hasNext() ? "," : "");
        }
        out.append(']');
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i), out);
        }
        out.append('"');
    }

    private static void character(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                if (c < ' ') {
                    out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
