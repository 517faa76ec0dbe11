package org.callclear.schemas.call;

/**
 * The secret name of one authorized attempt: 128 bits as 32 lower-case hex digits, known to the clearinghouse, the
 * asking proxy and the chosen gateway only. It is the token's {@code jti} (RFC 7519, 4.1.7).
 */
public record TransactionId(String hex) {
    private static final int LENGTH = 32;

    /** @throws IllegalArgumentException when the text is not 32 lower-case hex digits */
    public TransactionId {
        if (!isValid(hex)) {
            throw new IllegalArgumentException("not a transaction id: must be 32 lower-case hex digits");
        }
    }

    /** Whether the text is 32 lower-case hex digits. */
    public static boolean isValid(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** What a log may show: enough to compare, too little to use. */
    @Override
    public String toString() {
        return hex.substring(0, 6) + "…";
    }
}
