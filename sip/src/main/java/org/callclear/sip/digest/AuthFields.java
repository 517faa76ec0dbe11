package org.callclear.sip.digest;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code name=value} pairs of one Digest header value, names in lower case, values without quotes. */
final class AuthFields {
    private static final Pattern PAIR =
            Pattern.compile("\\G\\s*([A-Za-z0-9*_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]+))\\s*(?:,|$)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private final Map<String, String> values;

    private AuthFields(Map<String, String> values) {
        this.values = values;
    }

    /** The pairs, or null when it is not Digest or breaks the grammar. */
    static @Nullable AuthFields of(String text) {
        if (!text.regionMatches(true, 0, "Digest ", 0, 7) || text.length() > 4_096) {
            return null;
        }
        String pairs = text.substring(7);
        Map<String, String> values = new LinkedHashMap<>();
        Matcher matcher = PAIR.matcher(pairs);
        int end = 0;
        while (end < pairs.length() && matcher.find()) {
            String quoted = matcher.group(2);
            String value =
                    quoted == null ? matcher.group(3) : ESCAPE.matcher(quoted).replaceAll("$1");
            if (values.put(matcher.group(1).toLowerCase(Locale.ROOT), value) != null) {
                return null;
            }
            end = matcher.end();
        }
        return end == pairs.length() ? new AuthFields(values) : null;
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    String getOrEmpty(String name) {
        return values.getOrDefault(name, "");
    }
}
