package org.callclear.tokens;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.callclear.schemas.avro.TokenKey;

/** A private key and the time it may sign in. */
record SigningKey(String keyId, Signer signer, Instant notBefore, Instant notAfter) {

    private static final int KEY_ID_DIGITS = 16;

    /** @throws IllegalArgumentException when the time is empty or not in whole seconds, as a certificate holds it */
    SigningKey {
        Jws.requireKeyId(keyId);
        if (!Claims.isWholeSecond(notBefore) || !Claims.isWholeSecond(notAfter) || !notBefore.isBefore(notAfter)) {
            throw new IllegalArgumentException("token key " + keyId + ": notBefore " + notBefore + " and notAfter "
                    + notAfter + " must be whole seconds, one after the other");
        }
    }

    static SigningKey generate(Instant notBefore, Instant notAfter, SecureRandom random) {
        return of(new Ed25519Signer(new Ed25519PrivateKeyParameters(random)), notBefore, notAfter);
    }

    /** A key named by its public half, so that no two keys share a name. */
    static SigningKey of(Signer signer, Instant notBefore, Instant notAfter) {
        return new SigningKey(keyId(signer.publicKey()), signer, notBefore, notAfter);
    }

    static String keyId(byte[] publicKey) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKey);
            return HexFormat.of().formatHex(digest).substring(0, KEY_ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    byte[] sign(byte[] message) {
        return signer.sign(message);
    }

    /** The public half, for the topic token-keys. */
    TokenKey publicHalf() {
        return TokenKey.newBuilder()
                .setKeyId(keyId)
                .setAlgorithm(signer.algorithm().header())
                .setPublicKey(ByteBuffer.wrap(signer.publicKey()))
                .setNotBefore(notBefore)
                .setNotAfter(notAfter)
                .build();
    }

    boolean isActiveAt(Instant now) {
        return !now.isBefore(notBefore) && now.isBefore(notAfter);
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "SigningKey[" + keyId + ", " + notBefore + " to " + notAfter + "]";
    }
}
