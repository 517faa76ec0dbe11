package org.callclear.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/** A P-256 key in memory that signs deterministically (RFC 6979), and signatures as they must not be. */
record TestP256(BigInteger secret) implements Signer {
    private static final ECNamedDomainParameters CURVE = curve(SECObjectIdentifiers.secp256r1);
    private static final int HALF = 32;

    static ECNamedDomainParameters curve(ASN1ObjectIdentifier name) {
        return new ECNamedDomainParameters(name, ECNamedCurveTable.getByOID(name));
    }

    @Override
    public TokenAlgorithm algorithm() {
        return TokenAlgorithm.ES256;
    }

    @Override
    public byte[] publicKey() {
        return publicKey(CURVE, secret);
    }

    static byte[] publicKey(ECNamedDomainParameters curve, BigInteger secret) {
        try {
            return SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(
                            new ECPublicKeyParameters(curve.getG().multiply(secret), curve))
                    .getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] signature = sign(CURVE, secret, message);
        BigInteger s = s(signature);
        return s.compareTo(CURVE.getN().shiftRight(1)) > 0 ? withHighS(signature) : signature;
    }

    private static byte[] sign(ECNamedDomainParameters curve, BigInteger secret, byte[] message) {
        ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
        signer.init(true, new ECPrivateKeyParameters(secret, curve));
        BigInteger[] rs = signer.generateSignature(PublicHalf.OfP256.sha256(message));
        return join(rs[0], rs[1]);
    }

    private static BigInteger r(byte[] signature) {
        return new BigInteger(1, Arrays.copyOf(signature, HALF));
    }

    private static BigInteger s(byte[] signature) {
        return new BigInteger(1, Arrays.copyOfRange(signature, HALF, 2 * HALF));
    }

    private static byte[] join(BigInteger r, BigInteger s) {
        byte[] joined = new byte[2 * HALF];
        put(r, joined, HALF);
        put(s, joined, 2 * HALF);
        return joined;
    }

    private static void put(BigInteger value, byte[] into, int end) {
        byte[] bytes = value.toByteArray();
        int length = Math.min(bytes.length, HALF);
        System.arraycopy(bytes, bytes.length - length, into, end - length, length);
    }

    /** The other {@code s} that any ECDSA library takes as well. */
    static byte[] withHighS(byte[] signature) {
        return join(r(signature), CURVE.getN().subtract(s(signature)));
    }

    static byte[] withOrderAsR(byte[] signature) {
        return join(CURVE.getN(), s(signature));
    }

    static byte[] der(byte[] signature) {
        var parts = new ASN1EncodableVector();
        parts.add(new ASN1Integer(r(signature)));
        parts.add(new ASN1Integer(s(signature)));
        try {
            return new DERSequence(parts).getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By the same secret on secp256k1, which has signatures of the same length. */
    static String signedOnOtherCurve(String keyId, byte[] payload) {
        String input = Jws.signingInput(TokenAlgorithm.ES256, keyId, payload);
        byte[] signature = sign(
                curve(SECObjectIdentifiers.secp256k1),
                BigInteger.valueOf(4),
                input.getBytes(StandardCharsets.US_ASCII));
        return input + "." + Jws.encode(signature);
    }
}
