package org.callclear.app.stack;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.callclear.tokens.secrets.OwnerOnly;

/** Signs with the authority's key what the authority itself never would. */
final class Forger {
    private final PrivateKey key;
    private final X509CertificateHolder authority;

    private Forger(PrivateKey key, X509CertificateHolder authority) {
        this.key = key;
        this.authority = authority;
    }

    static Forger with(Path authorityIdentity) throws Exception {
        try (var pem = new PEMParser(Files.newBufferedReader(authorityIdentity))) {
            var key = new JcaPEMKeyConverter().getPrivateKey((PrivateKeyInfo) pem.readObject());
            return new Forger(key, (X509CertificateHolder) pem.readObject());
        }
    }

    /** An identity file of any name for any purpose. */
    Path identity(X500Name subject, KeyPurposeId purpose, Path file) throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        Instant now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                authority.getSubject(),
                BigInteger.valueOf(now.toEpochMilli()),
                Date.from(now.minus(Duration.ofMinutes(5))),
                Date.from(now.plus(Duration.ofDays(1))),
                subject,
                keys.getPublic());
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
        var certificate = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key));
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(new JcaPKCS8Generator(keys.getPrivate(), null));
            pem.writeObject(certificate);
            pem.writeObject(authority);
        }
        OwnerOnly.replace(file, text.toString().getBytes(StandardCharsets.US_ASCII));
        return file;
    }
}
