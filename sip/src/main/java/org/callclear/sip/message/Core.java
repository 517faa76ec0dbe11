package org.callclear.sip.message;

import java.util.List;

/**
 * What every message must have (RFC 3261, 8.1.1), read.
 *
 * @param via the topmost Via
 * @param from with a tag, but for peers older than RFC 3261
 * @param to with a tag inside a dialog
 * @param callId the same for a whole dialog
 * @param cseq number and method
 */
public record Core(Via via, Address from, Address to, String callId, CSeq cseq) {
    private static final List<String> ONCE =
            List.of("From", "To", "Call-ID", "CSeq", "Max-Forwards", "Content-Length", "Content-Type");

    static Core read(Headers headers) throws Malformed {
        for (String name : ONCE) {
            if (headers.all(name).size() > 1) {
                throw new Malformed(name + " given twice");
            }
        }
        Via via = Via.parse(need(headers, "Via"));
        Address from = Address.parse(need(headers, "From"), "From");
        Address to = Address.parse(need(headers, "To"), "To");
        return new Core(via, from, to, callId(need(headers, "Call-ID")), CSeq.parse(need(headers, "CSeq")));
    }

    private static String callId(String text) throws Malformed {
        if (text.isEmpty() || text.indexOf(' ') >= 0 || text.indexOf('\t') >= 0 || text.length() > 512) {
            throw new Malformed("Bad Call-ID");
        }
        return text;
    }

    private static String need(Headers headers, String name) throws Malformed {
        String value = headers.first(name);
        if (value == null) {
            throw new Malformed("Missing " + name);
        }
        return value;
    }
}
