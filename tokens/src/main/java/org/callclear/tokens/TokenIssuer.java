package org.callclear.tokens;

import java.nio.charset.StandardCharsets;
import org.callclear.schemas.avro.SetupRefusal;

/**
 * Signs claims. Ed25519 is deterministic (RFC 8032) and the claims have one JSON form, so the same claims and key give
 * the same token: a repeated request can be answered from the grant. Safe for many threads.
 */
public final class TokenIssuer {
    private final SigningKeys keys;

    /** @param keys the private keys it may sign with */
    public TokenIssuer(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * The token.
     *
     * @param claims what it says
     * @param keyId the key to sign with, from {@link SigningKeys#activeKeyId}, or from the grant when it is issued again
     * @throws IllegalArgumentException when there is no such key, when {@code iat} is outside the key's time, or when
     *     the token would be longer than a gateway takes ({@link SetupRefusal#TOKEN_TOO_LARGE})
     */
    public String issue(Claims claims, String keyId) {
        SigningKey key = keys.require(keyId);
        if (claims.issuedAt().isBefore(key.notBefore()) || !claims.issuedAt().isBefore(key.notAfter())) {
            throw new IllegalArgumentException("claim iat " + claims.issuedAt() + ": outside the time of key " + keyId
                    + ", " + key.notBefore() + " to " + key.notAfter());
        }
        String input = Jws.signingInput(keyId, ClaimsJson.encode(claims));
        byte[] signature = key.sign(input.getBytes(StandardCharsets.US_ASCII));
        String token = input + "." + Jws.encode(signature);
        if (token.length() > Jws.LONGEST) {
            throw new IllegalArgumentException("token of " + token.length() + " bytes for call " + claims.callId()
                    + ": longer than the " + Jws.LONGEST + " that gateways take");
        }
        return token;
    }
}
