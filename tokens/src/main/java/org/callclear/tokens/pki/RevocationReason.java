package org.callclear.tokens.pki;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Why a certificate is no longer good (RFC 5280, 5.3.1). */
public enum RevocationReason {
    /** Somebody else has the key, or may have it. */
    KEY_COMPROMISE("keyCompromise", 1),
    /** Another certificate took its place. */
    SUPERSEDED("superseded", 4),
    /** The party is no more. */
    CESSATION_OF_OPERATION("cessationOfOperation", 5);

    private final String word;
    private final int code;

    RevocationReason(String word, int code) {
        this.word = word;
        this.code = code;
    }

    /** The word of RFC 5280. */
    public String word() {
        return word;
    }

    /** The number of RFC 5280. */
    int code() {
        return code;
    }

    /** @throws IllegalArgumentException naming the words there are */
    public static RevocationReason parse(String word) {
        return Arrays.stream(values())
                .filter(reason -> reason.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("reason '" + word + "': must be one of "
                        + Arrays.stream(values()).map(RevocationReason::word).collect(Collectors.joining(", "))));
    }
}
