package org.callclear.app.logview;

import java.util.regex.Pattern;

/** Hides tokens in text where none belongs: whoever writes a record may have put one into any field. */
final class TokenText {
    /**
     * A compact JWS, or what is left of one that was cut: its first two parts are JSON, so each begins with the Base64 of a
     * brace and a quote. The second one has the numbers in it, without the third, too.
     */
    private static final Pattern JWS = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)*");

    private TokenText() {}

    /** The text with a word in the place of each token. */
    static String hide(String text) {
        return JWS.matcher(text).replaceAll("(token hidden)");
    }

    /** Whether there is one in it. */
    static boolean isIn(String text) {
        return JWS.matcher(text).find();
    }
}
