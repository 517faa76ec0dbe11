package org.callclear.tokens;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.callclear.schemas.avro.SetupRefusal;

/**
 * Signs claims. Ed25519 is deterministic (RFC 8032) and the claims have one JSON form, so the same claims and key give
 * the same token: a repeated request can be answered from the grant. With a key in hardware (ES256) only the signature
 * differs; the token is the same to whoever counts its uses. Safe for many threads.
 */
public final class TokenIssuer {
    private final Supplier<SigningKeys> keys;

    /** @param keys the private keys it may sign with */
    public TokenIssuer(SigningKeys keys) {
        this(() -> keys);
    }

    /** @param keys the private keys it may sign with at the moment */
    public TokenIssuer(Supplier<SigningKeys> keys) {
        this.keys = keys;
    }

    /**
     * The token.
     *
     * @param claims what it says
     * @param keyId the key to sign with, from {@link SigningKeys#activeKeyId}, or from the grant when it is issued again
     * @throws IllegalArgumentException when there is no such key, when {@code iat} is outside the key's time, or when
     *     the token would be longer than a gateway takes ({@link SetupRefusal#TOKEN_TOO_LARGE})
     * @throws SigningFailedException when what holds the key does not sign
     */
    public String issue(Claims claims, String keyId) {
        SigningKey key = keys.get().require(keyId);
        if (claims.issuedAt().isBefore(key.notBefore()) || !claims.issuedAt().isBefore(key.notAfter())) {
            throw new IllegalArgumentException("claim iat " + claims.issuedAt() + ": outside the time of key " + keyId
                    + ", " + key.notBefore() + " to " + key.notAfter());
        }
        String input = Jws.signingInput(key.signer().algorithm(), keyId, ClaimsJson.encode(claims));
        byte[] signature = key.sign(input.getBytes(StandardCharsets.US_ASCII));
        String token = input + "." + Jws.encode(signature);
        if (token.length() > Jws.LONGEST) {
            throw new IllegalArgumentException("token of " + token.length() + " bytes for call " + claims.callId()
                    + ": longer than the " + Jws.LONGEST + " that gateways take");
        }
        return token;
    }
}
