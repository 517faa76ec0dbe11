package org.callclear.tokens;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A private key and the time it may sign in. Bouncy Castle's own Ed25519, not a provider's: the one in the JDK is an
 * order of magnitude slower, and would be taken silently.
 */
record SigningKey(String keyId, Ed25519PrivateKeyParameters key, Instant notBefore, Instant notAfter) {

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
        return of(new Ed25519PrivateKeyParameters(random), notBefore, notAfter);
    }

    /** A key named by its public half, so that no two keys share a name. */
    static SigningKey of(Ed25519PrivateKeyParameters key, Instant notBefore, Instant notAfter) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(SigningKeys.encoded(key));
            return new SigningKey(
                    HexFormat.of().formatHex(digest).substring(0, KEY_ID_DIGITS), key, notBefore, notAfter);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
        key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
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
