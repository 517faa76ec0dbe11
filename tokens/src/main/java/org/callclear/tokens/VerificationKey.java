package org.callclear.tokens;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.callclear.schemas.avro.TokenKey;

/** A public key, the one algorithm it may be used with, and the time it may be believed. */
record VerificationKey(
        String keyId, TokenAlgorithm algorithm, PublicHalf key, Instant notBefore, Instant notAfter, boolean revoked) {

    static VerificationKey of(TokenKey key) {
        Jws.requireKeyId(key.getKeyId());
        if (!key.getNotBefore().isBefore(key.getNotAfter())) {
            throw new IllegalArgumentException("token key " + key.getKeyId() + ": notAfter " + key.getNotAfter()
                    + " must be after notBefore " + key.getNotBefore());
        }
        ByteBuffer der = key.getPublicKey().duplicate();
        byte[] encoded = new byte[der.remaining()];
        der.get(encoded);
        try {
            TokenAlgorithm algorithm = TokenAlgorithm.of(key.getAlgorithm());
            return new VerificationKey(
                    key.getKeyId(),
                    algorithm,
                    PublicHalf.of(algorithm, encoded),
                    key.getNotBefore(),
                    key.getNotAfter(),
                    key.getRevokedAt() != null);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("token key " + key.getKeyId() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Whether a token may be accepted by this key now. A revoked key is not, whatever its {@code revokedAt} and the clock
     * say: that instant is of another machine's clock, and one that runs behind it must not go on letting calls in.
     */
    boolean isValidAt(Instant now, Duration skew) {
        return !revoked && !now.isBefore(notBefore.minus(skew)) && now.isBefore(notAfter.plus(skew));
    }

    /** Whether a token with this {@code iat} may have been signed by this key; both times are the issuer's, so no skew. */
    boolean mayHaveSignedAt(Instant issuedAt) {
        return !issuedAt.isBefore(notBefore) && issuedAt.isBefore(notAfter);
    }

    boolean signed(byte[] message, byte[] signature) {
        return key.signed(message, signature);
    }
}
