package org.callclear.sip.agent;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.callclear.sip.call.Cause;
import org.callclear.sip.message.Headers;

/** The Reason header field (RFC 3326). */
final class Reasons {
    private static final Pattern CAUSE =
            Pattern.compile("Q\\.850\\s*;(?:.*;)?\\s*cause\\s*=\\s*([0-9]{1,3})\\s*(?:;.*)?", Pattern.CASE_INSENSITIVE);

    private Reasons() {}

    static Headers of(Cause cause) {
        return Headers.NONE.with("Reason", "Q.850;cause=" + cause.q850());
    }

    /** The Q.850 cause that a message gives, or another when it gives none or one out of range. */
    static Cause read(Headers headers, Cause otherwise) {
        for (String value : headers.list("Reason")) {
            Matcher matcher = CAUSE.matcher(value);
            if (matcher.matches()) {
                int cause = Integer.parseInt(matcher.group(1));
                return cause >= 1 && cause <= 127 ? new Cause(cause) : otherwise;
            }
        }
        return otherwise;
    }
}
