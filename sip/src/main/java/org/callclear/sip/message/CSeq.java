package org.callclear.sip.message;

import java.util.regex.Pattern;

/**
 * Place of a request in its dialog (RFC 3261, 20.16).
 *
 * @param number below 2^31
 * @param method of the request
 */
public record CSeq(long number, String method) {
    private static final Pattern BLANK = Pattern.compile("[ \t]+");

    static CSeq parse(String text) throws Malformed {
        String[] parts = BLANK.split(text, -1);
        if (parts.length != 2 || !Lexer.isToken(parts[1])) {
            throw new Malformed("Bad CSeq");
        }
        return new CSeq(Lexer.number(parts[0], Integer.MAX_VALUE, "CSeq"), parts[1]);
    }

    @Override
    public String toString() {
        return number + " " + method;
    }
}
