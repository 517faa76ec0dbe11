package org.callclear.sip.message;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters behind semicolons, in order; names in lower case; a flag has an empty value. At most 64. */
public final class Params {
    /** No parameters. */
    public static final Params NONE = new Params(Map.of());

    private static final int MOST = 64;

    private final Map<String, String> values;

    private Params(Map<String, String> values) {
        this.values = values;
    }

    /** The value as written, quotes and all; empty for a flag, null when there is no such parameter. */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /** Whether there is such a parameter, with a value or without. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** These parameters with one set. */
    public Params with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new Params(changed);
    }

    static Params of(List<String> pieces) throws Malformed {
        if (pieces.isEmpty()) {
            return NONE;
        }
        if (pieces.size() > MOST) {
            throw new Malformed("too many parameters");
        }
        Map<String, String> values = LinkedHashMap.newLinkedHashMap(pieces.size());
        for (String piece : pieces) {
            int equals = piece.indexOf('=');
            String name = (equals < 0 ? piece : piece.substring(0, equals)).trim();
            String value = equals < 0 ? "" : piece.substring(equals + 1).trim();
            if (!Lexer.isToken(name) || (equals >= 0 && value.isEmpty())) {
                throw new Malformed("bad parameter");
            }
            if (values.put(name.toLowerCase(Locale.ROOT), value) != null) {
                throw new Malformed("parameter given twice");
            }
        }
        return new Params(values);
    }

    /** As they stand in a message, each with its semicolon. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        values.forEach((name, value) -> {
            out.append(';').append(name);
            if (!value.isEmpty()) {
                out.append('=').append(value);
            }
        });
        return out.toString();
    }
}
