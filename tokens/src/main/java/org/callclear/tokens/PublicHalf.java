package org.callclear.tokens;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A public key with the one algorithm it may be used with. Bouncy Castle's own code, not a provider's: none can step in. */
sealed interface PublicHalf {
    /** Whether the signature, 64 bytes, is over the message and of this key, in the one form it may have. */
    boolean signed(byte[] message, byte[] signature);

    /** @throws IllegalArgumentException when the bytes are not a SubjectPublicKeyInfo of the algorithm's own curve */
    static PublicHalf of(TokenAlgorithm algorithm, byte[] encoded) {
        try {
            return switch (algorithm) {
                case EDDSA -> OfEd25519.of(encoded);
                case ES256 -> OfP256.of(encoded);
            };
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "publicKey is not "
                            + (algorithm == TokenAlgorithm.EDDSA ? "an Ed25519" : "a P-256")
                            + " SubjectPublicKeyInfo",
                    e);
        }
    }

    /** Ed25519 as RFC 8032 has it: a signature has one form only. */
    record OfEd25519(Ed25519PublicKeyParameters key) implements PublicHalf {
        static OfEd25519 of(byte[] encoded) throws IOException {
            if (PublicKeyFactory.createKey(encoded) instanceof Ed25519PublicKeyParameters ed25519
                    && Ed25519.validatePublicKeyFull(ed25519.getEncoded(), 0)) {
                return new OfEd25519(ed25519);
            }
            throw new IOException("another kind of key");
        }

        @Override
        public boolean signed(byte[] message, byte[] signature) {
            return key.verify(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
        }
    }

    /** ECDSA on the named curve P-256. Of the two values of {@code s} that would hold, only the lower is taken. */
    record OfP256(ECPublicKeyParameters key) implements PublicHalf {
        static final int HALF = 32;

        static OfP256 of(byte[] encoded) throws IOException {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(encoded);
            // By its name only: parameters written out could be those of a curve made to fit.
            if (SECObjectIdentifiers.secp256r1.equals(info.getAlgorithm().getParameters())
                    && PublicKeyFactory.createKey(info) instanceof ECPublicKeyParameters p256) {
                return new OfP256(p256);
            }
            throw new IOException("another kind of key");
        }

        @Override
        public boolean signed(byte[] message, byte[] signature) {
            BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, HALF));
            BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, HALF, signature.length));
            if (isHigh(s, key.getParameters().getN())) {
                return false;
            }
            ECDSASigner check = new ECDSASigner();
            check.init(false, key);
            return check.verifySignature(sha256(message), r, s); // refuses zero, and what is not below the order
        }

        static boolean isHigh(BigInteger s, BigInteger order) {
            return s.compareTo(order.shiftRight(1)) > 0;
        }

        static byte[] sha256(byte[] message) {
            SHA256Digest digest = new SHA256Digest();
            digest.update(message, 0, message.length);
            byte[] hash = new byte[digest.getDigestSize()];
            digest.doFinal(hash, 0);
            return hash;
        }
    }
}
