package org.callclear.tokens;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signing keys as PKCS#12 bytes. The container is the JDK's (AES-256, PBKDF2), so that common tools open it; what is in
 * it is made by Bouncy Castle. PKCS#12 wants a certificate by each key: it is signed by the key itself and only carries
 * the key's time. No other one is taken.
 */
final class SigningKeyStore {
    private static final String TYPE = "PKCS12";
    private static final int SERIAL_BITS = 127;

    private SigningKeyStore() {}

    static byte[] encode(List<SigningKey> keys, SigningUse use, char[] password, SecureRandom random)
            throws IOException {
        var provider = new BouncyCastleProvider();
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(null, null);
            for (SigningKey key : keys) {
                PrivateKey privateKey = privateKey(key, provider);
                store.setKeyEntry(key.keyId(), privateKey, password, new Certificate[] {
                    certificate(key, use, privateKey, provider, random)
                });
            }
            var bytes = new ByteArrayOutputStream();
            store.store(bytes, password);
            return bytes.toByteArray();
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("the keys cannot be written as " + TYPE, e);
        }
    }

    private static PrivateKey privateKey(SigningKey key, BouncyCastleProvider provider)
            throws IOException, GeneralSecurityException {
        // RFC 8410 in its first version, without the public half, which some readers do not take.
        if (!(key.signer() instanceof Ed25519Signer ed25519)) {
            throw new IOException("token key " + key.keyId() + " is not Ed25519");
        }
        byte[] secret = ed25519.key().getEncoded();
        byte[] encoded = new PrivateKeyInfo(
                        new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), new DEROctetString(secret))
                .getEncoded();
        try {
            return KeyFactory.getInstance("Ed25519", provider).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(encoded, (byte) 0);
        }
    }

    private static X509Certificate certificate(
            SigningKey key, SigningUse use, PrivateKey privateKey, BouncyCastleProvider provider, SecureRandom random)
            throws OperatorCreationException, GeneralSecurityException {
        var name = new X500Name(use.subject(key.keyId()));
        var builder = new X509v3CertificateBuilder(
                name,
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                Date.from(key.notBefore()),
                Date.from(key.notAfter()),
                name,
                SubjectPublicKeyInfo.getInstance(key.signer().publicKey()));
        var signer =
                new JcaContentSignerBuilder("Ed25519").setProvider(provider).build(privateKey);
        return new JcaX509CertificateConverter().setProvider(provider).getCertificate(builder.build(signer));
    }

    static List<SigningKey> decode(byte[] pkcs12, SigningUse use, char[] password) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(new ByteArrayInputStream(pkcs12), password);
            List<SigningKey> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                keys.add(decode(store, alias, password));
                requireMadeFor(use, alias, store.getCertificate(alias));
            }
            return keys;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("not a key file of Callclear: " + e.getMessage(), e);
        }
    }

    private static void requireMadeFor(SigningUse use, String keyId, Certificate certificate) throws IOException {
        if (!(certificate instanceof X509Certificate own)) {
            return;
        }
        String subject = own.getSubjectX500Principal().getName();
        for (SigningUse other : SigningUse.values()) {
            if (other != use && subject.equals(other.subject(keyId))) {
                throw new IOException("key " + keyId + " was made to sign " + other.signed() + ", not " + use.signed());
            }
        }
    }

    private static SigningKey decode(KeyStore store, String alias, char[] password)
            throws IOException, GeneralSecurityException {
        Key key = store.getKey(alias, password);
        if (key != null
                && store.getCertificate(alias) instanceof X509Certificate certificate
                && privateKey(key) instanceof Ed25519PrivateKeyParameters ed25519) {
            var decoded = SigningKey.of(
                    new Ed25519Signer(ed25519),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
            if (decoded.keyId().equals(alias)) {
                OwnCertificate.require(alias, certificate, decoded.signer().publicKey());
                return decoded;
            }
        }
        throw new IOException("entry '" + alias + "' is not an Ed25519 key named by its public half");
    }

    private static AsymmetricKeyParameter privateKey(Key key) throws IOException {
        byte[] encoded = key.getEncoded();
        try {
            return PrivateKeyFactory.createKey(encoded);
        } finally {
            Arrays.fill(encoded, (byte) 0);
        }
    }
}
