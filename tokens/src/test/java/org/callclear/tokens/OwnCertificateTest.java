package org.callclear.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.OutputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.callclear.schemas.topics.Party;
import org.callclear.tokens.ForeignCertificateException.Fault;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A key signs tokens with the certificate that it made itself, and with none that somebody else gave it. */
class OwnCertificateTest {
    private static final X500Name NAME = new X500Name("CN=token-key");

    @TempDir
    Path directory;

    /** What keys are made of, and what they sign certificates with. */
    enum Kind {
        ED25519("Ed25519"),
        P256("SHA256withECDSA");

        private final String signature;

        Kind(String signature) {
            this.signature = signature;
        }

        private KeyPair pair() throws Exception {
            if (this == ED25519) {
                return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            }
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        }

        private X509Certificate certificate(KeyPair key, KeyPair issuer, X500Name issuerName, boolean authority)
                throws Exception {
            var builder = new JcaX509v3CertificateBuilder(
                    issuerName,
                    BigInteger.TWO,
                    Date.from(Samples.KEY_FROM),
                    Date.from(Samples.KEY_TO),
                    NAME,
                    key.getPublic());
            if (authority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(issuer.getPrivate())));
        }

        /** One certificate for each way not to be the key's own. */
        private Map<Fault, X509Certificate> foreign(KeyPair key) throws Exception {
            KeyPair other = pair();
            Map<Fault, X509Certificate> foreign = new EnumMap<>(Fault.class);
            foreign.put(Fault.ISSUED_BY_ANOTHER, certificate(key, other, new X500Name("CN=authority"), false));
            foreign.put(Fault.OF_AN_AUTHORITY, certificate(key, key, NAME, true));
            foreign.put(Fault.OF_ANOTHER_KEY, certificate(other, other, NAME, false));
            foreign.put(Fault.NOT_SIGNED_BY_THE_KEY, certificate(key, other, NAME, false));
            return foreign;
        }
    }

    private static Fault fault(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        assertThat(root).isInstanceOf(ForeignCertificateException.class);
        return ((ForeignCertificateException) root).fault();
    }

    @ParameterizedTest
    @EnumSource
    void onlyTheKeysOwnCertificateIsTaken(Kind kind) throws Exception {
        KeyPair key = kind.pair();
        byte[] publicKey = key.getPublic().getEncoded();

        assertThatCode(() -> OwnCertificate.require("k", kind.certificate(key, key, NAME, false), publicKey))
                .doesNotThrowAnyException();
        assertThat(kind.foreign(key))
                .hasSameSizeAs(Fault.values())
                .allSatisfy((fault, certificate) -> assertThat(
                                fault(catchThrowable(() -> OwnCertificate.require("k", certificate, publicKey))))
                        .isEqualTo(fault));
    }

    @Test
    void aKeyFileIsOpenedOnlyWithTheKeysOwnCertificate() throws Exception {
        KeyPair key = Kind.ED25519.pair();

        assertThat(open(key, Kind.ED25519.certificate(key, key, NAME, false)).keyIds())
                .hasSize(1);
        assertThat(Kind.ED25519.foreign(key))
                .allSatisfy((fault, certificate) -> assertThat(fault(catchThrowable(() -> open(key, certificate))))
                        .isEqualTo(fault));
    }

    /** The authority certifies Ed25519 keys too, and a party's then looks just like a token key's. */
    @Test
    void anEd25519CertificateOfTheTransportAuthorityNeverSignsATokenFromAKeyFile() throws Exception {
        KeyPair key = Kind.ED25519.pair();
        Collection<? extends Certificate> chain = certified(key);

        assertThat(fault(catchThrowable(() -> open(key, chain.toArray(new Certificate[0])))))
                .isEqualTo(Fault.ISSUED_BY_ANOTHER);
    }

    private Collection<? extends Certificate> certified(KeyPair key) throws Exception {
        var request = new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=clearinghouse"), key.getPublic())
                .build(new JcaContentSignerBuilder("Ed25519").build(key.getPrivate()));
        StringWriter pem = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
            writer.writeObject(request);
        }
        Path file = directory.resolve("clearinghouse.pem");
        CertificateAuthority.openOrCreate(
                        directory.resolve("pki"), Clock.fixed(Samples.NOW, ZoneOffset.UTC), new SecureRandom())
                .certify(
                        Subject.of(Party.of(Party.Kind.CLEARINGHOUSE)),
                        Duration.ofDays(90),
                        pem.toString().getBytes(StandardCharsets.US_ASCII),
                        file);
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    /** A key file that holds the key as {@code keys rotate} would name it, and the given certificates. */
    private SigningKeys open(KeyPair key, Certificate... chain) throws Exception {
        Path file = directory.resolve("keys.p12");
        Path password = directory.resolve("keys.password");
        Files.deleteIfExists(file);
        SigningKeys.create(file, password, Samples.KEY_FROM, Samples.KEY_TO, new SecureRandom());
        char[] secret = Files.readString(password).strip().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(SigningKey.keyId(key.getPublic().getEncoded()), key.getPrivate(), secret, chain);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, secret);
        }
        return SigningKeys.open(file, password);
    }
}
