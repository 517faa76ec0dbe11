package org.callclear.sip.message;

import java.util.Locale;
import java.util.Map;

/**
 * One header field.
 *
 * @param name long form; fields this edge knows in their usual spelling
 * @param value unfolded, trimmed, with no control characters but tabs
 */
public record Header(String name, String value) {
    private static final Map<String, String> SPELLING = Map.ofEntries(
            known("via", "Via"),
            known("v", "Via"),
            known("from", "From"),
            known("f", "From"),
            known("to", "To"),
            known("t", "To"),
            known("call-id", "Call-ID"),
            known("i", "Call-ID"),
            known("cseq", "CSeq"),
            known("contact", "Contact"),
            known("m", "Contact"),
            known("content-length", "Content-Length"),
            known("l", "Content-Length"),
            known("content-type", "Content-Type"),
            known("c", "Content-Type"),
            known("content-encoding", "Content-Encoding"),
            known("e", "Content-Encoding"),
            known("supported", "Supported"),
            known("k", "Supported"),
            known("subject", "Subject"),
            known("s", "Subject"),
            known("session-expires", "Session-Expires"),
            known("x", "Session-Expires"),
            known("max-forwards", "Max-Forwards"),
            known("route", "Route"),
            known("record-route", "Record-Route"),
            known("require", "Require"),
            known("authorization", "Authorization"),
            known("reason", "Reason"),
            known("www-authenticate", "WWW-Authenticate"),
            known("proxy-authenticate", "Proxy-Authenticate"));

    /** @throws IllegalArgumentException when the value could not stand on one line */
    public Header {
        if (!isClean(value)) {
            throw new IllegalArgumentException(name + ": control character in the value");
        }
    }

    static boolean isClean(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return true;
    }

    static String longForm(String name) {
        String known = SPELLING.get(name);
        return known != null ? known : SPELLING.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    }

    private static Map.Entry<String, String> known(String seen, String name) {
        return Map.entry(seen, name);
    }
}
