package org.callclear.tokens.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.util.IPAddress;

/** What a certificate may be used for, by whom it is for (RFC 5280, 4.2.1). */
final class Usages {
    static final BasicConstraints NO_AUTHORITY = new BasicConstraints(false);
    static final KeyUsage SIGNATURE = new KeyUsage(KeyUsage.digitalSignature);

    private static final Map<ASN1ObjectIdentifier, String> NAMES = Map.of(
            Extension.basicConstraints, "basicConstraints",
            Extension.keyUsage, "keyUsage",
            Extension.extendedKeyUsage, "extendedKeyUsage");

    private Usages() {}

    /** Who serves hosts may do so; all may connect. */
    static ExtendedKeyUsage purposes(Subject subject) {
        return subject.isServer()
                ? new ExtendedKeyUsage(
                        new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth})
                : new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth);
    }

    static GeneralNames hosts(Subject subject) {
        return new GeneralNames(subject.hosts().stream()
                .map(host ->
                        new GeneralName(IPAddress.isValid(host) ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new));
    }

    static byte[] encoded(ASN1Object value) {
        try {
            return value.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An extension's name where it is well known, else its number. */
    static String name(ASN1ObjectIdentifier extension) {
        return NAMES.getOrDefault(extension, extension.getId());
    }
}
