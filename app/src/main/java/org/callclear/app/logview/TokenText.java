package org.callclear.app.logview;

import java.util.regex.Pattern;

/** Hides tokens in text where none belongs: whoever writes a record may have put one into any field. */
final class TokenText {
    /** A compact JWS: the first part is JSON, so it begins with the Base64 of a brace and a quote. */
    private static final Pattern JWS = Pattern.compile("eyJ[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    private TokenText() {}

    /** The text with a word in the place of each token. */
    static String hide(String text) {
        return JWS.matcher(text).replaceAll("(token hidden)");
    }
}
