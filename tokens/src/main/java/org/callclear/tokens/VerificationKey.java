package org.callclear.tokens;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.callclear.schemas.avro.TokenKey;
import org.jspecify.annotations.Nullable;

/** A public key and the time it may be believed. Bouncy Castle's own Ed25519, not a provider's: none can step in. */
record VerificationKey(
        String keyId,
        Ed25519PublicKeyParameters key,
        Instant notBefore,
        Instant notAfter,
        @Nullable Instant revokedAt) {

    static VerificationKey of(TokenKey key) {
        Jws.requireKeyId(key.getKeyId());
        if (!Jws.ALGORITHM.equals(key.getAlgorithm())) {
            throw new IllegalArgumentException("token key " + key.getKeyId() + ": algorithm '" + key.getAlgorithm()
                    + "', must be " + Jws.ALGORITHM);
        }
        if (!key.getNotBefore().isBefore(key.getNotAfter())) {
            throw new IllegalArgumentException("token key " + key.getKeyId() + ": notAfter " + key.getNotAfter()
                    + " must be after notBefore " + key.getNotBefore());
        }
        return new VerificationKey(
                key.getKeyId(), publicKey(key), key.getNotBefore(), key.getNotAfter(), key.getRevokedAt());
    }

    private static Ed25519PublicKeyParameters publicKey(TokenKey key) {
        ByteBuffer der = key.getPublicKey().duplicate();
        byte[] bytes = new byte[der.remaining()];
        der.get(bytes);
        try {
            if (PublicKeyFactory.createKey(bytes) instanceof Ed25519PublicKeyParameters ed25519
                    && Ed25519.validatePublicKeyFull(ed25519.getEncoded(), 0)) {
                return ed25519;
            }
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(notEd25519(key), e);
        }
        throw new IllegalArgumentException(notEd25519(key));
    }

    private static String notEd25519(TokenKey key) {
        return "token key " + key.getKeyId() + ": publicKey is not an Ed25519 SubjectPublicKeyInfo";
    }

    /** Whether a token may be accepted by this key now. Nothing is granted to a revoked key, not even the skew. */
    boolean isValidAt(Instant now, Duration skew) {
        return !now.isBefore(notBefore.minus(skew))
                && now.isBefore(notAfter.plus(skew))
                && (revokedAt == null || now.isBefore(revokedAt));
    }

    /** Whether a token with this {@code iat} may have been signed by this key; both times are the issuer's, so no skew. */
    boolean mayHaveSignedAt(Instant issuedAt) {
        return !issuedAt.isBefore(notBefore) && issuedAt.isBefore(notAfter);
    }

    boolean signed(byte[] message, byte[] signature) {
        return key.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    }
}
