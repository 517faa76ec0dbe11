package org.callclear.tokens;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How a token may be signed. Which one is pinned to each key on the topic token-keys; a token's header only repeats it,
 * and chooses nothing. Both signatures are 64 bytes.
 */
enum TokenAlgorithm {
    /** Ed25519 (RFC 8037). What keys in files use. */
    EDDSA("EdDSA"),
    /** ECDSA on P-256 with SHA-256 (RFC 7518, 3.4). What keys in hardware use, which seldom has Ed25519. */
    ES256("ES256");

    private final String header;

    TokenAlgorithm(String header) {
        this.header = header;
    }

    /** What {@code alg} says. */
    String header() {
        return header;
    }

    /** @throws IllegalArgumentException for any other than these two, in exactly this spelling */
    static TokenAlgorithm of(String header) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.header.equals(header))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("algorithm '" + header + "', must be "
                        + Arrays.stream(values()).map(TokenAlgorithm::header).collect(Collectors.joining(" or "))));
    }
}
