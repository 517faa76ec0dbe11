package org.callclear.systemtests.oracle;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Maps, lists, strings and whole numbers as RFC 8785 writes them. */
final class PlainJson {
    private PlainJson() {}

    static byte[] bytes(Object value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    static String text(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                new TreeMap<>(map.entrySet().stream()
                                .collect(Collectors.toMap(member -> (String) member.getKey(), Map.Entry::getValue)))
                        .entrySet().stream()
                                .map(member -> string(member.getKey()) + ":" + text(member.getValue()))
                                .collect(Collectors.joining(",", "{", "}"));
            case Collection<?> list -> list.stream().map(PlainJson::text).collect(Collectors.joining(",", "[", "]"));
            case String string -> string(string);
            case Long number -> number.toString();
            case Integer number -> number.toString();
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        };
    }

    private static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(unit -> json.append(unit((char) unit)));
        return json.append('"').toString();
    }

    private static String unit(char unit) {
        return switch (unit) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            default -> unit < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) unit) : String.valueOf(unit);
        };
    }
}
