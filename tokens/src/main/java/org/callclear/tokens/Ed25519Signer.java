package org.callclear.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * A private key in memory. Bouncy Castle's own Ed25519, not a provider's: the one in the JDK is an order of magnitude
 * slower, and would be taken silently.
 */
record Ed25519Signer(Ed25519PrivateKeyParameters key) implements Signer {
    @Override
    public TokenAlgorithm algorithm() {
        return TokenAlgorithm.EDDSA;
    }

    @Override
    public byte[] publicKey() {
        try {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key.generatePublicKey())
                    .getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException("a public key could not be written to memory", e);
        }
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519PrivateKeyParameters.SIGNATURE_SIZE];
        key.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        return signature;
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "Ed25519Signer";
    }
}
