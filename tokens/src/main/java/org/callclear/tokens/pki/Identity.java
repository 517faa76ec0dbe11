package org.callclear.tokens.pki;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.callclear.tokens.secrets.OwnerOnly;

/** A private key and its certificate chain, leaf first: what one PEM file holds. */
record Identity(PrivateKey key, List<X509Certificate> chain) {

    Identity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("chain: must not be empty");
        }
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    /** PKCS#8, then the chain, as Kafka's PEM key stores want it. */
    byte[] toPem() throws IOException {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(new JcaPKCS8Generator(key, null));
            for (X509Certificate certificate : chain) {
                pem.writeObject(certificate);
            }
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Certificates or lists of revoked ones, which anybody may read. */
    static byte[] pem(Object... parts) throws IOException {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            for (Object part : parts) {
                pem.writeObject(part);
            }
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** @throws IOException when the file is not a key and certificates, or others may read it */
    static Identity read(Path file, BouncyCastleProvider provider) throws IOException {
        String text = new String(OwnerOnly.read(file), StandardCharsets.US_ASCII);
        PrivateKeyInfo key = null;
        List<X509Certificate> chain = new ArrayList<>();
        var certificates = new JcaX509CertificateConverter().setProvider(provider);
        try (var pem = new PEMParser(new StringReader(text))) {
            for (Object part = pem.readObject(); part != null; part = pem.readObject()) {
                if (part instanceof PrivateKeyInfo info) {
                    key = info;
                } else if (part instanceof X509CertificateHolder holder) {
                    chain.add(certificates.getCertificate(holder));
                }
            }
            if (key != null && !chain.isEmpty()) {
                var spec = new PKCS8EncodedKeySpec(key.getEncoded());
                return new Identity(KeyFactory.getInstance("EC", provider).generatePrivate(spec), chain);
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + ": not a private key and certificates in PEM: " + e.getMessage(), e);
        }
        throw new IOException(file + ": a private key and a certificate must stand in it");
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "Identity[" + certificate().getSubjectX500Principal() + "]";
    }
}
