package org.callclear.sip.digest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The hash algorithms, best first. */
enum Algorithm {
    SHA_256("SHA-256", 1),
    MD5("MD5", 2);

    /** As it stands in a challenge, and as Java calls it. */
    final String token;

    /** What stands for it in our nonces. */
    final byte mark;

    Algorithm(String token, int mark) {
        this.token = token;
        this.mark = (byte) mark;
    }

    /** The algorithm of this token; MD5 when none is named (RFC 7616, 3.3); null when it is none of these. */
    static @Nullable Algorithm of(@Nullable String token) {
        if (token == null) {
            return MD5;
        }
        for (Algorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(token)) {
                return algorithm;
            }
        }
        return null;
    }

    String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance(token);
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + token, e);
        }
    }

    /** The response of RFC 7616, 3.4.1 with qop {@code auth}. */
    String response(String user, String realm, String password, Proof proof) {
        String secret = hash(user + ":" + realm + ":" + password);
        String request = hash(proof.method() + ":" + proof.uri());
        return hash(String.join(":", secret, proof.nonce(), proof.count(), proof.clientNonce(), "auth", request));
    }

    /** The response of RFC 2069 to a challenge without qop. */
    String oldResponse(String user, String realm, String password, Proof proof) {
        String secret = hash(user + ":" + realm + ":" + password);
        return hash(secret + ":" + proof.nonce() + ":" + hash(proof.method() + ":" + proof.uri()));
    }

    /** What a response is made of beside the secret. */
    record Proof(String method, String uri, String nonce, String count, String clientNonce) {}
}
