package org.callclear.tokens.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.PublicKey;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Which keys the authority certifies: P-256, P-384, RSA of 3072 bits and more (NIST SP 800-57: 128 bits), Ed25519. */
final class RequestedKey {
    private static final int SHORTEST_RSA = 3072;

    /** Longer ones only cost whoever must check them. */
    private static final int LONGEST_RSA = 8192;

    private static final BigInteger SMALLEST_EXPONENT = BigInteger.valueOf(65_537);
    private static final int LONGEST_EXPONENT = 64;

    private static final Map<ASN1ObjectIdentifier, String> CURVES =
            Map.of(SECObjectIdentifiers.secp256r1, "P-256", SECObjectIdentifiers.secp384r1, "P-384");

    private static final Set<ASN1ObjectIdentifier> SIGNATURES = Set.of(
            X9ObjectIdentifiers.ecdsa_with_SHA256,
            X9ObjectIdentifiers.ecdsa_with_SHA384,
            X9ObjectIdentifiers.ecdsa_with_SHA512,
            PKCSObjectIdentifiers.sha256WithRSAEncryption,
            PKCSObjectIdentifiers.sha384WithRSAEncryption,
            PKCSObjectIdentifiers.sha512WithRSAEncryption,
            EdECObjectIdentifiers.id_Ed25519);

    private RequestedKey() {}

    /** @throws IllegalArgumentException naming the algorithm or size that is not taken */
    static PublicKey of(SubjectPublicKeyInfo key, BouncyCastleProvider provider) {
        ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            requireCurve(key);
        } else if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            requireSize(key);
        } else if (!algorithm.equals(EdECObjectIdentifiers.id_Ed25519)) {
            throw new IllegalArgumentException(
                    "key algorithm " + algorithm + ": must be EC (P-256, P-384), RSA or Ed25519");
        }
        try {
            return new JcaPEMKeyConverter().setProvider(provider).getPublicKey(key);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("key: not a public key of its algorithm: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException naming a signature algorithm that proves nothing any more */
    static void requireSound(ASN1ObjectIdentifier signature) {
        if (!SIGNATURES.contains(signature)) {
            throw new IllegalArgumentException("signature algorithm " + signature
                    + ": must be ECDSA or RSA with SHA-256, -384 or -512, or Ed25519");
        }
    }

    private static void requireCurve(SubjectPublicKeyInfo key) {
        Object curve = key.getAlgorithm().getParameters();
        if (!(curve instanceof ASN1ObjectIdentifier named) || !CURVES.containsKey(named)) {
            throw new IllegalArgumentException("key curve "
                    + (curve instanceof ASN1ObjectIdentifier other ? other.getId() : "without a name")
                    + ": must be P-256 or P-384");
        }
    }

    private static void requireSize(SubjectPublicKeyInfo key) {
        RSAPublicKey rsa;
        try {
            rsa = RSAPublicKey.getInstance(key.parsePublicKey());
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("key: not an RSA key", e);
        }
        int bits = rsa.getModulus().bitLength();
        if (bits < SHORTEST_RSA || bits > LONGEST_RSA) {
            throw new IllegalArgumentException(
                    "RSA key of " + bits + " bits: must have " + SHORTEST_RSA + " to " + LONGEST_RSA);
        }
        BigInteger exponent = rsa.getPublicExponent();
        if (exponent.compareTo(SMALLEST_EXPONENT) < 0
                || exponent.bitLength() > LONGEST_EXPONENT
                || !exponent.testBit(0)) {
            throw new IllegalArgumentException("RSA exponent: must be odd, and 65537 to 64 bits long");
        }
    }
}
