package org.callclear.schemas.call;

import java.util.regex.Pattern;

/**
 * The secret name of one authorized attempt: 128 bits as 32 lower-case hex digits, known to the clearinghouse, the
 * asking proxy and the chosen gateway only. It is the token's {@code jti} (RFC 7519, 4.1.7).
 */
public record TransactionId(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    /** @throws IllegalArgumentException when the text is not 32 lower-case hex digits */
    public TransactionId {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a transaction id: must be 32 lower-case hex digits");
        }
    }

    /** What a log may show: enough to compare, too little to use. */
    @Override
    public String toString() {
        return hex.substring(0, 6) + "…";
    }
}
