package org.callclear.app.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.callclear.app.stack.Principals;
import org.jspecify.annotations.Nullable;

/**
 * A PEM file with a certificate, as far as commands must know what is in it.
 *
 * @param certificate the first one, which is the party's own; null when there is none
 * @param holdsKey whether a private key stands in it too
 */
record CertificateFile(@Nullable X509Certificate certificate, boolean holdsKey) {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String KEY = "PRIVATE KEY-----";

    /** @throws IOException when the file is not there or cannot be read, or what claims to be a certificate is none */
    static CertificateFile read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1); // any bytes: it may be any file
        int begin = text.indexOf(BEGIN);
        return new CertificateFile(begin < 0 ? null : certificate(text.substring(begin)), text.contains(KEY));
    }

    private static X509Certificate certificate(String pem) throws IOException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (CertificateException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Who brokers take the owner of the certificate in a file for; for messages. */
    static String principal(Path identity) {
        try {
            X509Certificate own = read(identity).certificate();
            return own == null
                    ? identity + " (holds no certificate)"
                    : Principals.of(own.getSubjectX500Principal().getName());
        } catch (IOException e) {
            return identity + " (cannot be read: " + e.getMessage() + ")";
        }
    }
}
