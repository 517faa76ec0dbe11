package org.callclear.app.command;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name in a party's certificate, for messages. */
final class CertificateName {
    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final Pattern COMMON_NAME = Pattern.compile("^CN=([^,]+).*$");

    private CertificateName() {}

    /** The common name as brokers map it; the whole subject when that does not begin with one. */
    static String of(Path identity) {
        try {
            String text = Files.readString(identity);
            int begin = text.indexOf(BEGIN);
            if (begin < 0) {
                return identity + " (holds no certificate)";
            }
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(text.substring(begin).getBytes(StandardCharsets.US_ASCII)));
            String subject = certificate.getSubjectX500Principal().getName();
            Matcher name = COMMON_NAME.matcher(subject);
            return name.matches() ? name.group(1) : subject;
        } catch (IOException | CertificateException e) {
            return identity + " (cannot be read: " + e.getMessage() + ")";
        }
    }
}
