package org.callclear.sip.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of From, To, Contact, Route (RFC 3261, 20.10).
 *
 * @param uri as written
 * @param target the URI read
 * @param params header parameters, such as the tag
 * @param display the display name as written, quotes and all; empty when there is none
 */
public record Address(String display, String uri, SipUri target, Params params) {
    /** The address, or null when it breaks the grammar. */
    public static @Nullable Address of(String text) {
        try {
            return parse(text, "address");
        } catch (Malformed e) {
            return null;
        }
    }

    static Address parse(String text, String name) throws Malformed {
        try {
            int open = bracket(text);
            if (open < 0) {
                List<String> pieces = Lexer.split(text, ';');
                return of("", pieces.get(0), pieces.subList(1, pieces.size()));
            }
            int close = text.indexOf('>', open);
            String behind = close < 0 ? "" : text.substring(close + 1).trim();
            if (close < 0 || !(behind.isEmpty() || behind.startsWith(";"))) {
                throw new Malformed("bad address");
            }
            List<String> params = behind.isEmpty() ? List.of() : Lexer.split(behind.substring(1), ';');
            return of(text.substring(0, open).trim(), text.substring(open + 1, close), params);
        } catch (Malformed e) {
            throw new Malformed("Bad " + name + " (" + e.what() + ")");
        }
    }

    private static Address of(String display, String uri, List<String> params) throws Malformed {
        return new Address(display, uri, SipUri.parse(uri), Params.of(params));
    }

    private static int bracket(String text) throws Malformed {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                i = Lexer.endOfQuote(text, i);
            } else if (text.charAt(i) == '<') {
                return i;
            }
        }
        return -1;
    }

    /** The tag; empty when there is none. */
    public String tag() {
        String tag = params.get("tag");
        return tag == null ? "" : tag;
    }

    /** This address with a tag. */
    public Address tagged(String tag) {
        return new Address(display, uri, target, params.with("tag", tag));
    }

    @Override
    public String toString() {
        return display + (display.isEmpty() ? "<" : " <") + uri + ">" + params;
    }
}
