package org.callclear.sip.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an edge needs of a URI (RFC 3261, 19.1; RFC 3966).
 *
 * @param scheme in lower case; what follows is read for {@code sip}, {@code sips} and {@code tel} only
 * @param user decoded, without password and without parameters; empty when there is none. The number of a tel URI
 * @param host as written, without brackets; empty for tel
 * @param port 0 when not given
 * @param params URI parameters
 */
public record SipUri(String scheme, String user, String host, int port, Params params) {
    /** The URI, or null when it breaks the grammar. */
    public static @Nullable SipUri of(String text) {
        try {
            return parse(text);
        } catch (Malformed e) {
            return null;
        }
    }

    /** Whether this edge can take a request for it by any transport. */
    public boolean isKnown() {
        return scheme.equals("sip") || scheme.equals("tel");
    }

    static SipUri parse(String text) throws Malformed {
        int colon = text.indexOf(':');
        if (colon < 1 || !isScheme(text.substring(0, colon))) {
            throw new Malformed("bad URI");
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) <= ' ' || rest.charAt(i) == 0x7f || "<>\"".indexOf(rest.charAt(i)) >= 0) {
                throw new Malformed("bad URI");
            }
        }
        return switch (scheme) {
            case "sip", "sips" -> hierarchical(scheme, rest);
            case "tel" -> number(rest);
            default -> new SipUri(scheme, "", "", 0, Params.NONE);
        };
    }

    private static SipUri number(String rest) throws Malformed {
        List<String> pieces = Lexer.split(rest, ';');
        if (pieces.get(0).isEmpty()) {
            throw new Malformed("bad URI");
        }
        return new SipUri("tel", decode(pieces.get(0)), "", 0, Params.of(pieces.subList(1, pieces.size())));
    }

    private static SipUri hierarchical(String scheme, String rest) throws Malformed {
        int at = rest.lastIndexOf('@');
        String user = at < 0 ? "" : user(rest.substring(0, at));
        String behind = rest.substring(at + 1);
        int query = behind.indexOf('?');
        List<String> pieces = Lexer.split(query < 0 ? behind : behind.substring(0, query), ';');
        Params params = Params.of(pieces.subList(1, pieces.size()));
        String place = pieces.get(0);
        int end = place.startsWith("[") ? place.indexOf(']') : -1;
        int colon = place.indexOf(':', Math.max(end, 0));
        String host = colon < 0 ? place : place.substring(0, colon);
        int port = colon < 0 ? 0 : (int) Lexer.number(place.substring(colon + 1), 65_535, "URI port");
        return new SipUri(scheme, user, bareHost(host), port, params);
    }

    private static String user(String text) throws Malformed {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        if (name.isEmpty() || text.indexOf('@') >= 0) {
            throw new Malformed("bad URI");
        }
        // Telephone subscribers bring parameters inside the user part, as +4930;phone-context=... (RFC 3261, 19.1.6).
        int semicolon = name.indexOf(';');
        return decode(semicolon < 0 ? name : name.substring(0, semicolon));
    }

    private static String bareHost(String host) throws Malformed {
        boolean v6 = host.startsWith("[") && host.endsWith("]");
        String bare = v6 ? host.substring(1, host.length() - 1) : host;
        for (int i = 0; i < bare.length(); i++) {
            if (!Lexer.isAlphanumeric(bare.charAt(i)) && (v6 ? ":." : ".-_").indexOf(bare.charAt(i)) < 0) {
                throw new Malformed("bad URI");
            }
        }
        if (bare.isEmpty()) {
            throw new Malformed("bad URI");
        }
        return bare;
    }

    private static boolean isScheme(String text) {
        char first = text.charAt(0);
        boolean letter = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
        return letter && text.chars().allMatch(c -> Lexer.isAlphanumeric((char) c) || "+-.".indexOf(c) >= 0);
    }

    /** Undoes percent-encoding but for control characters: so no user part can forge a line or end before its end. */
    private static String decode(String text) throws Malformed {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            if (c == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
                if (low < 0) {
                    throw new Malformed("bad URI");
                }
                c = high * 16 + low;
                if (isControl(c)) {
                    c = '%';
                } else {
                    i += 2;
                }
            } else if (isControl(c)) {
                throw new Malformed("bad URI");
            }
            out.write(c);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static boolean isControl(int c) {
        return c < ' ' || c == 0x7f;
    }

    /** A user part as it may stand in a URI: what is not plainly allowed is percent-encoded. */
    public static String encodeUser(String user) {
        StringBuilder out = new StringBuilder(user.length());
        for (byte b : user.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (Lexer.isAlphanumeric(c) || "-_.!~*'()&=+$,/".indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }
}
