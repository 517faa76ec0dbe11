package org.callclear.tokens.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the authority reads out of a certificate. */
final class CertificateFacts {
    private CertificateFacts() {}

    /** As the index has it: lower-case hexadecimal. */
    static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    /** SHA-256 of the whole certificate, in lower-case hexadecimal. */
    static String fingerprint(X509Certificate certificate) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IOException("a certificate cannot be encoded: " + e.getMessage(), e);
        }
    }

    /**
     * SHA-256 of what makes a public key, in lower-case hexadecimal: an RSA key's modulus, a curve's point, else its encoding.
     * However the same key is written, and with whatever exponent, this is the same.
     */
    static String fingerprint(PublicKey key) {
        byte[] material = key.getEncoded();
        if (key instanceof RSAPublicKey rsa) {
            material = rsa.getModulus().toByteArray();
        } else if (key instanceof ECPublicKey ec) {
            String point = ec.getW().getAffineX() + "," + ec.getW().getAffineY();
            material = point.getBytes(StandardCharsets.US_ASCII);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(material));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no SHA-256", e);
        }
    }

    /** Whether it is for this subject, and for no other hosts than the subject's. */
    static boolean names(X509Certificate certificate, Subject subject) {
        return certificate.getSubjectX500Principal().getName().equals(subject.distinguishedName())
                && hosts(certificate).equals(new TreeSet<>(subject.hosts()));
    }

    private static Set<String> hosts(X509Certificate certificate) {
        var hosts = new TreeSet<String>();
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                names.forEach(name -> hosts.add(String.valueOf(name.get(1))));
            }
        } catch (GeneralSecurityException e) {
            hosts.clear(); // an extension that cannot be read names nobody, so the certificate is issued again
        }
        return hosts;
    }
}
