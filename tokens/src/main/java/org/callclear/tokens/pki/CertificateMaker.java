package org.callclear.tokens.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes ECDSA P-256 keys and X.509 certificates (RFC 5280) for them, and lists of revoked ones. */
final class CertificateMaker {
    private static final int SERIAL_BITS = 127;
    private static final String CA_NAME = "Callclear local CA";

    private final BouncyCastleProvider provider;
    private final SecureRandom random;

    CertificateMaker(BouncyCastleProvider provider, SecureRandom random) {
        this.provider = provider;
        this.random = random;
    }

    Identity authority(Instant notBefore, Instant notAfter) throws IOException {
        try {
            KeyPair keys = keyPair();
            X500Name name = name(CA_NAME);
            X509v3CertificateBuilder builder = builder(name, notBefore, notAfter, name, keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            return new Identity(keys.getPrivate(), List.of(sign(builder, keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("the authority's certificate cannot be made: " + e.getMessage(), e);
        }
    }

    /** A new key, and its certificate. */
    Identity leaf(Identity authority, Subject subject, Instant notBefore, Instant notAfter) throws IOException {
        KeyPair keys;
        try {
            keys = keyPair();
        } catch (GeneralSecurityException e) {
            throw new IOException("the key of " + subject + " cannot be made: " + e.getMessage(), e);
        }
        return new Identity(keys.getPrivate(), certified(authority, subject, keys.getPublic(), notBefore, notAfter));
    }

    /** A certificate for a key that the subject has, and the authority's. */
    List<X509Certificate> certified(
            Identity authority, Subject subject, PublicKey key, Instant notBefore, Instant notAfter)
            throws IOException {
        try {
            X509Certificate issuer = authority.certificate();
            X509v3CertificateBuilder builder = builder(
                    X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded()),
                    notBefore,
                    notAfter,
                    name(subject),
                    key);
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, Usages.NO_AUTHORITY);
            builder.addExtension(Extension.keyUsage, true, Usages.SIGNATURE);
            builder.addExtension(Extension.extendedKeyUsage, false, Usages.purposes(subject));
            builder.addExtension(Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, extensions.createAuthorityKeyIdentifier(issuer));
            if (subject.isServer()) {
                builder.addExtension(Extension.subjectAlternativeName, false, Usages.hosts(subject));
            }
            return List.of(sign(builder, authority.key()), issuer);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("the certificate of " + subject + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** The list of what is revoked (RFC 5280, 5): all of it, each with its reason. */
    X509CRL revocations(
            Identity authority, Instant thisUpdate, Instant nextUpdate, BigInteger number, List<Issued> revoked)
            throws IOException {
        try {
            X509Certificate issuer = authority.certificate();
            var builder = new JcaX509v2CRLBuilder(issuer, Date.from(thisUpdate));
            builder.setNextUpdate(Date.from(nextUpdate));
            for (Issued one : revoked) {
                Issued.Revocation revocation = Objects.requireNonNull(one.revocation(), one.serial());
                builder.addCRLEntry(
                        new BigInteger(one.serial(), 16),
                        Date.from(revocation.at()),
                        revocation.reason().code());
            }
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer));
            return new JcaX509CRLConverter().setProvider(provider).getCRL(builder.build(signer(authority.key())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("the list of revoked certificates cannot be made: " + e.getMessage(), e);
        }
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
    }

    /** The common name last, which Kafka, reading as RFC 2253 does, sees first. */
    private static X500Name name(Subject subject) {
        var name = new X500NameBuilder();
        if (!subject.person().isEmpty()) {
            name.addRDN(BCStyle.UID, subject.person());
        }
        return name.addRDN(BCStyle.CN, subject.commonName()).build();
    }

    private X509v3CertificateBuilder builder(
            X500Name issuer, Instant notBefore, Instant notAfter, X500Name subject, PublicKey key) {
        BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
        return new JcaX509v3CertificateBuilder(issuer, serial, Date.from(notBefore), Date.from(notAfter), subject, key);
    }

    private X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        return new JcaX509CertificateConverter().setProvider(provider).getCertificate(builder.build(signer(key)));
    }

    private ContentSigner signer(PrivateKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA")
                .setProvider(provider)
                .setSecureRandom(random)
                .build(key);
    }

    private KeyPair keyPair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }
}
