package org.callclear.tokens.pki;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.callclear.schemas.call.PartyName;

/**
 * A request for a certificate (PKCS#10, RFC 2986), checked against the party it is to be for. Its key is all that goes
 * into the certificate; names and usages in it must be what that party gets anyhow, so that nobody is surprised.
 */
final class CertificateRequest {
    private CertificateRequest() {}

    /**
     * The key whose owner signed the request.
     *
     * @throws IllegalArgumentException naming the field and value in the way
     */
    static PublicKey keyOf(byte[] pem, Subject subject, BouncyCastleProvider provider) {
        PKCS10CertificationRequest request = parse(pem);
        PublicKey key = RequestedKey.of(request.getSubjectPublicKeyInfo(), provider);
        RequestedKey.requireSound(request.getSignatureAlgorithm().getAlgorithm());
        requireSigned(request, provider);
        requireText(request.getSubject());
        requireSubject(request.getSubject(), subject);
        requireExtensions(request, subject);
        return key;
    }

    private static PKCS10CertificationRequest parse(byte[] pem) {
        if (pem.length > CertificateAuthority.LONGEST_REQUEST) {
            throw new IllegalArgumentException(
                    "request: " + pem.length + " bytes, more than " + CertificateAuthority.LONGEST_REQUEST);
        }
        Object found;
        Object more;
        try (var parser = new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)))) {
            found = parser.readObject();
            more = parser.readObject();
        } catch (IOException | RuntimeException e) { // the parser throws both at bytes that are not what they claim
            throw new IllegalArgumentException("request: not a PKCS#10 request in PEM", e);
        }
        if (!(found instanceof PKCS10CertificationRequest request)) {
            throw new IllegalArgumentException("request: not a PKCS#10 request in PEM");
        }
        if (more != null) {
            throw new IllegalArgumentException("request: more than a request is in the file");
        }
        return request;
    }

    /** Whoever asks has the private key. */
    private static void requireSigned(PKCS10CertificationRequest request, BouncyCastleProvider provider) {
        boolean valid;
        try {
            valid = request.isSignatureValid(new JcaContentVerifierProviderBuilder()
                    .setProvider(provider)
                    .build(request.getSubjectPublicKeyInfo()));
        } catch (OperatorCreationException | PKCSException | RuntimeException e) {
            throw new IllegalArgumentException("signature: cannot be checked with the key in the request", e);
        }
        if (!valid) {
            throw new IllegalArgumentException("signature: not by the key in the request");
        }
    }

    /** Strings are decoded when they are asked for, and what is no UTF-8 shows only then. */
    private static void requireText(X500Name asked) {
        try {
            for (RDN part : asked.getRDNs()) {
                for (AttributeTypeAndValue one : part.getTypesAndValues()) {
                    if (one.getValue() instanceof ASN1String text) {
                        String unused = text.getString();
                    }
                }
            }
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("subject: malformed: " + e.getMessage(), e);
        }
    }

    /** One value in each part, in the order of the certificate: a user id if there is one, the common name last. */
    private static void requireSubject(X500Name asked, Subject subject) {
        RDN[] parts = asked.getRDNs();
        List<ASN1ObjectIdentifier> types =
                subject.person().isEmpty() ? List.of(BCStyle.CN) : List.of(BCStyle.UID, BCStyle.CN);
        List<String> values = subject.person().isEmpty()
                ? List.of(subject.commonName())
                : List.of(subject.person(), subject.commonName());
        boolean same = parts.length == types.size();
        for (int i = 0; same && i < parts.length; i++) {
            same = parts[i].size() == 1 && isExactly(parts[i].getFirst(), types.get(i), values.get(i));
        }
        if (!same) {
            throw new IllegalArgumentException("subject '" + PartyName.shown(asked.toString()) + "': must be "
                    + subject.distinguishedName() + ", each part once, as PrintableString or UTF8String"
                    + " (openssl: -subj '" + (subject.person().isEmpty() ? "" : "/UID=" + subject.person()) + "/CN="
                    + subject.commonName() + "')");
        }
    }

    private static boolean isExactly(AttributeTypeAndValue part, ASN1ObjectIdentifier type, String value) {
        ASN1Encodable given = part.getValue();
        return part.getType().equals(type)
                && (given instanceof ASN1UTF8String || given instanceof ASN1PrintableString)
                && ((ASN1String) given).getString().equals(value);
    }

    private static void requireExtensions(PKCS10CertificationRequest request, Subject subject) {
        for (Attribute attribute : request.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)) {
            for (ASN1Encodable value : attribute.getAttributeValues()) {
                Extensions asked = extensions(value);
                for (ASN1ObjectIdentifier id : asked.getExtensionOIDs()) {
                    requireExtension(asked.getExtension(id), subject);
                }
            }
        }
    }

    private static Extensions extensions(ASN1Encodable value) {
        try {
            return Extensions.getInstance(value);
        } catch (RuntimeException e) { // whatever the library throws at what it does not expect
            throw new IllegalArgumentException("requested extensions: malformed: " + e.getMessage(), e);
        }
    }

    private static void requireExtension(Extension asked, Subject subject) {
        ASN1ObjectIdentifier id = asked.getExtnId();
        if (id.equals(Extension.subjectAlternativeName)) {
            requireHosts(asked, subject);
            return;
        }
        if (!isGranted(id, asked.getExtnValue().getOctets(), subject)) {
            throw new IllegalArgumentException("requested extension " + Usages.name(id) + ": not what "
                    + subject.commonName() + " gets; leave it out of the request");
        }
    }

    private static boolean isGranted(ASN1ObjectIdentifier id, byte[] value, Subject subject) {
        if (id.equals(Extension.basicConstraints)) {
            return Arrays.equals(value, Usages.encoded(Usages.NO_AUTHORITY));
        }
        if (id.equals(Extension.keyUsage)) {
            return Arrays.equals(value, Usages.encoded(Usages.SIGNATURE));
        }
        return id.equals(Extension.extendedKeyUsage) && Arrays.equals(value, Usages.encoded(Usages.purposes(subject)));
    }

    private static void requireHosts(Extension asked, Subject subject) {
        Set<GeneralName> names;
        String shown;
        try {
            names = new HashSet<>(
                    List.of(GeneralNames.getInstance(asked.getParsedValue()).getNames()));
            shown = String.join(
                    ", ", names.stream().map(Object::toString).sorted().toList());
        } catch (RuntimeException e) { // whatever the library throws at what it does not expect
            throw new IllegalArgumentException("requested subject alternative name: malformed", e);
        }
        Set<GeneralName> granted = new HashSet<>(List.of(Usages.hosts(subject).getNames()));
        if (!subject.isServer() || !names.equals(granted)) {
            throw new IllegalArgumentException("requested subject alternative name '"
                    + PartyName.shown(shown)
                    + "': " + subject.commonName() + " may have "
                    + (subject.isServer() ? String.join(", ", subject.hosts()) : "none"));
        }
    }
}
