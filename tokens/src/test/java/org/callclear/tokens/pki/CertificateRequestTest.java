package org.callclear.tokens.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERT61String;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERUniversalString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.callclear.schemas.topics.Party;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are what a party may have are certified, and all lies are refused, whatever signs them. */
class CertificateRequestTest {
    private static final Duration VALIDITY = Duration.ofDays(90);
    private static final Subject CARRIER = Subject.of(Party.parse("carrier.acme"));
    private static final Subject ALICE = Subject.person(Party.parse("operations"), "alice");
    private static final Subject BROKER = Subject.broker(List.of("kafka.example", "127.0.0.1"));
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    @TempDir
    Path temporary;

    private CertificateAuthority authority;
    private Path out;

    @BeforeEach
    void open() {
        authority = CertificateAuthority.openOrCreate(temporary.resolve("pki"), Clock.systemUTC(), new SecureRandom());
        out = temporary.resolve("out.pem");
    }

    @Test
    void theKeyOfARequestIsCertifiedAndAllElseIsTheAuthoritys() throws Exception {
        KeyPair keys = ec("secp256r1");

        Issued issued = authority.certify(CARRIER, VALIDITY, pem(request(keys, name(cn("carrier.acme")))), out);

        X509Certificate certificate = certificate();
        assertThat(certificate.getPublicKey().getEncoded())
                .isEqualTo(keys.getPublic().getEncoded());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=carrier.acme");
        assertThat(certificate.getKeyUsage()).startsWith(true, false, false, false, false, false, false);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(certificate.getNonCriticalExtensionOIDs()).contains("2.5.29.14", "2.5.29.35");
        assertThat(certificate.getSerialNumber().toString(16)).isEqualTo(issued.serial());
        assertThat(certificate.getSerialNumber().bitLength()).isGreaterThan(64);
        assertThat(Files.readString(out)).doesNotContain("PRIVATE");
    }

    @Test
    void aPersonStandsBesideTheCommonNameWhichStaysFirstForKafka() throws Exception {
        byte[] request = pem(request(ec("secp384r1"), name(uid("alice"), cn("operations"))));

        authority.certify(ALICE, VALIDITY, request, out);

        assertThat(certificate().getSubjectX500Principal().getName()).isEqualTo("CN=operations,UID=alice");
    }

    @Test
    void whatThePartyGetsAnyhowMayBeAskedFor() throws Exception {
        var asked = new ExtensionsGenerator();
        asked.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        asked.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        asked.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"), new GeneralName(GeneralName.dNSName, "kafka.example")
        }));
        byte[] request = pem(request(ec("secp256r1"), name(cn("broker")), asked));

        authority.certify(BROKER, VALIDITY, request, out);

        assertThat(certificate().getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "kafka.example"), List.of(7, "127.0.0.1"));
        assertThat(certificate().getExtendedKeyUsage())
                .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
    }

    static Stream<Arguments> othersSubjects() {
        RDN carrier = cn("carrier.acme");
        return Stream.of(
                Arguments.of("another party", name(cn("carrier.zenith"))),
                Arguments.of("a mightier party", name(cn("administration"))),
                Arguments.of("no name", name()),
                Arguments.of("a part without a value", name(new RDN(new AttributeTypeAndValue[0]))),
                Arguments.of("a common name twice, the other last", name(carrier, cn("administration"))),
                Arguments.of("a common name twice, ours last", name(cn("administration"), carrier)),
                Arguments.of("two values in one part", name(new RDN(new AttributeTypeAndValue[] {
                    attribute(BCStyle.CN, new DERUTF8String("carrier.acme")),
                    attribute(BCStyle.UID, new DERUTF8String("alice"))
                }))),
                Arguments.of("a person nobody named", name(uid("alice"), carrier)),
                Arguments.of("the common name not last", name(carrier, uid("alice"))),
                Arguments.of("an organisation", name(new RDN(BCStyle.O, new DERUTF8String("acme")), carrier)),
                Arguments.of("an escaped comma", name(cn("carrier.acme,CN=administration"))),
                Arguments.of("capitals", name(cn("Carrier.Acme"))),
                Arguments.of("a blank before", name(cn(" carrier.acme"))),
                Arguments.of("a blank after", name(cn("carrier.acme "))),
                Arguments.of("a zero after", name(cn("carrier.acme\0"))),
                Arguments.of("a zero and more", name(cn("carrier.acme\0.zenith"))),
                Arguments.of("a line end", name(cn("carrier.acme\n"))),
                Arguments.of("a Cyrillic a", name(cn("c\u0430rrier.acme"))),
                Arguments.of("full-width letters", name(cn("\uff43arrier.acme"))),
                Arguments.of("a width-less blank", name(cn("carrier\u200b.acme"))),
                Arguments.of("a BMPString", name(new RDN(BCStyle.CN, new DERBMPString("carrier.acme")))),
                Arguments.of("an IA5String", name(new RDN(BCStyle.CN, new DERIA5String("carrier.acme")))),
                Arguments.of("a T61String", name(new RDN(BCStyle.CN, new DERT61String("carrier.acme")))),
                Arguments.of(
                        "a UniversalString",
                        name(new RDN(
                                BCStyle.CN,
                                new DERUniversalString("carrier.acme".getBytes(Charset.forName("UTF-32BE")))))),
                Arguments.of("another attribute", name(new RDN(BCStyle.UID, new DERUTF8String("carrier.acme")))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("othersSubjects")
    void aSubjectThatIsNotExactlyThePartyIsRefused(String lie, X500Name subject) throws Exception {
        byte[] request = pem(request(ec("secp256r1"), subject));

        assertThatThrownBy(() -> authority.certify(CARRIER, VALIDITY, request, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("subject '");
        nothingWasIssued();
    }

    @Test
    void aSubjectAsPrintableStringIsTheSameParty() throws Exception {
        X500Name subject = name(new RDN(BCStyle.CN, new DERPrintableString("carrier.acme")));
        byte[] request = pem(request(ec("secp256r1"), subject));

        assertThatCode(() -> authority.certify(CARRIER, VALIDITY, request, out)).doesNotThrowAnyException();
    }

    static Stream<Arguments> othersExtensions() throws IOException {
        return Stream.of(
                Arguments.of("subject alternative name", Extension.subjectAlternativeName, dns("clearinghouse")),
                Arguments.of("subject alternative name", Extension.subjectAlternativeName, dns("carrier.acme")),
                Arguments.of("basicConstraints", Extension.basicConstraints, new BasicConstraints(true)),
                Arguments.of("keyUsage", Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign)),
                Arguments.of(
                        "extendedKeyUsage",
                        Extension.extendedKeyUsage,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)),
                Arguments.of("2.5.29.54", Extension.inhibitAnyPolicy, new DERUTF8String("")));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("othersExtensions")
    void anExtensionThatThePartyDoesNotGetIsRefused(String named, ASN1ObjectIdentifier id, ASN1Encodable value)
            throws Exception {
        var asked = new ExtensionsGenerator();
        asked.addExtension(id, false, value);
        byte[] request = pem(request(ec("secp256r1"), name(cn("carrier.acme")), asked));

        assertThatThrownBy(() -> authority.certify(CARRIER, VALIDITY, request, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
        nothingWasIssued();
    }

    @Test
    void aBrokerGetsItsOwnHostsOnly() throws Exception {
        var asked = new ExtensionsGenerator();
        asked.addExtension(Extension.subjectAlternativeName, false, dns("kafka.example", "other.example"));
        byte[] request = pem(request(ec("secp256r1"), name(cn("broker")), asked));

        assertThatThrownBy(() -> authority.certify(BROKER, VALIDITY, request, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other.example");
    }

    @Test
    void whoHasNotTheKeyGetsNoCertificateForIt() throws Exception {
        KeyPair victims = ec("secp256r1");
        KeyPair thiefs = ec("secp256r1");
        byte[] request = pem(request(new KeyPair(victims.getPublic(), thiefs.getPrivate()), name(cn("carrier.acme"))));

        assertThatThrownBy(() -> authority.certify(CARRIER, VALIDITY, request, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("signature");
        nothingWasIssued();
    }

    static Stream<Arguments> weakKeys() throws GeneralSecurityException {
        return Stream.of(
                Arguments.of("P-521", ec("secp521r1"), "SHA256withECDSA", "key curve"),
                Arguments.of("secp256k1", ec("secp256k1"), "SHA256withECDSA", "key curve"),
                Arguments.of("RSA 2048", rsa(2048), "SHA256withRSA", "2048 bits"),
                Arguments.of(
                        "Ed448",
                        KeyPairGenerator.getInstance("Ed448", PROVIDER).generateKeyPair(),
                        "Ed448",
                        "key algorithm"),
                Arguments.of("SHA-1", ec("secp256r1"), "SHA1withECDSA", "signature algorithm"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("weakKeys")
    void aWeakOrUnknownKeyIsRefused(String name, KeyPair keys, String signature, String named) throws Exception {
        byte[] request = pem(request(keys, signature, name(cn("carrier.acme")), null));

        assertThatThrownBy(() -> authority.certify(CARRIER, VALIDITY, request, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
        nothingWasIssued();
    }

    @Test
    void rsaOf3072BitsAndEd25519AreTaken() throws Exception {
        KeyPair ed = KeyPairGenerator.getInstance("Ed25519", PROVIDER).generateKeyPair();
        X500Name name = name(cn("carrier.acme"));

        authority.certify(CARRIER, VALIDITY, pem(request(rsa(3072), "SHA256withRSA", name, null)), out);
        authority.certify(CARRIER, VALIDITY, pem(request(ed, "Ed25519", name, null)), out);

        assertThat(authority.issued()).hasSize(2);
    }

    @Test
    void aKeyThatSomebodyElseMayHaveIsNotCertifiedAgainAndEndsAllItsCertificates() throws Exception {
        KeyPair keys = ec("secp256r1");
        byte[] request = pem(request(keys, name(cn("carrier.acme"))));
        Issued first = authority.certify(CARRIER, VALIDITY, request, out);
        Issued second = authority.certify(CARRIER, VALIDITY, request, out);
        Issued other =
                authority.certify(CARRIER, VALIDITY, pem(request(ec("secp256r1"), name(cn("carrier.acme")))), out);

        assertThat(authority.revoke(List.of(second.serial()), RevocationReason.KEY_COMPROMISE))
                .extracting(Issued::serial)
                .containsExactly(first.serial(), second.serial());

        assertThatThrownBy(() -> authority.certify(CARRIER, VALIDITY, request, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("key: ")
                .hasMessageContainingAll(first.serial(), "carrier.acme", "make a new key");
        assertThat(authority.issued())
                .filteredOn(one -> one.revocation() == null)
                .containsExactly(other);
    }

    @Test
    void aKeyIsLostAlsoWhenItsCertificateHadEndedForAnotherReason() throws Exception {
        byte[] request = pem(request(ec("secp256r1"), name(cn("carrier.acme"))));
        Issued first = authority.certify(CARRIER, VALIDITY, request, out);
        authority.revoke(List.of(first.serial()), RevocationReason.SUPERSEDED);

        assertThat(authority.revoke(List.of(first.serial()), RevocationReason.KEY_COMPROMISE))
                .as("it had ended")
                .isEmpty();

        assertThatThrownBy(() -> authority.certify(CARRIER, VALIDITY, request, out))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(first.serial());
    }

    @Test
    void anRsaKeyIsTheSameWithAnotherExponent() throws Exception {
        RSAPublicKey key = (RSAPublicKey) rsa(3072).getPublic();
        var other =
                new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent().nextProbablePrime());

        assertThat(CertificateFacts.fingerprint(KeyFactory.getInstance("RSA").generatePublic(other)))
                .isEqualTo(CertificateFacts.fingerprint(key))
                .isNotEqualTo(CertificateFacts.fingerprint(rsa(3072).getPublic()));
    }

    @Test
    void aKeyWhoseCertificateWasOnlyReplacedMayBeCertifiedAgain() throws Exception {
        byte[] request = pem(request(ec("secp256r1"), name(cn("carrier.acme"))));
        Issued first = authority.certify(CARRIER, VALIDITY, request, out);
        Issued second = authority.certify(CARRIER, VALIDITY, request, out);

        assertThat(authority.revoke(List.of(first.serial()), RevocationReason.SUPERSEDED))
                .hasSize(1);

        assertThatCode(() -> authority.certify(CARRIER, VALIDITY, request, out)).doesNotThrowAnyException();
        assertThat(authority.issued()).contains(second);
    }

    @Test
    void whatIsNoRequestOrMoreThanOneIsRefused() throws Exception {
        byte[] good = pem(request(ec("secp256r1"), name(cn("carrier.acme"))));
        byte[] twice = (new String(good, StandardCharsets.US_ASCII) + new String(good, StandardCharsets.US_ASCII))
                .getBytes(StandardCharsets.US_ASCII);
        Path identity = authority.issue(CARRIER, VALIDITY);

        for (byte[] bad : List.of(
                new byte[0],
                "hello".getBytes(StandardCharsets.US_ASCII),
                "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"
                        .getBytes(StandardCharsets.US_ASCII),
                Arrays.copyOf(good, good.length / 2),
                twice,
                Files.readAllBytes(identity),
                new byte[20_000])) {
            assertThatThrownBy(() -> authority.certify(CARRIER, VALIDITY, bad, out))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("request: ");
        }
    }

    @Test
    void peopleActForPartiesOfPeopleOnlyAndTheirNamesAreNames() {
        for (String program : List.of("proxy.acme", "gateway.zenith-1", "clearinghouse", "settlement", "broker")) {
            assertThatThrownBy(() -> new Subject(program, "alice", List.of()))
                    .as(program)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("alice");
        }
        for (String person : List.of("Alice", "a,CN=broker", "a+CN=broker", "a b", "a\0", "\u0430lice", "../alice")) {
            assertThatThrownBy(() -> new Subject("operations", person, List.of()))
                    .as(person)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void nothingWasIssued() {
        assertThat(authority.issued()).isEmpty();
        assertThat(out).doesNotExist();
    }

    private X509Certificate certificate() throws Exception {
        try (var file = Files.newInputStream(out)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    private static GeneralNames dns(String... names) {
        return new GeneralNames(Stream.of(names)
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static RDN cn(String value) {
        return new RDN(BCStyle.CN, new DERUTF8String(value));
    }

    private static RDN uid(String value) {
        return new RDN(BCStyle.UID, new DERUTF8String(value));
    }

    private static AttributeTypeAndValue attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new AttributeTypeAndValue(type, value);
    }

    private static X500Name name(RDN... parts) {
        return new X500Name(parts);
    }

    private static KeyPair ec(String curve) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC", PROVIDER);
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static KeyPair rsa(int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static PKCS10CertificationRequest request(KeyPair keys, X500Name subject) throws Exception {
        return request(keys, "SHA256withECDSA", subject, null);
    }

    private static PKCS10CertificationRequest request(KeyPair keys, X500Name subject, ExtensionsGenerator asked)
            throws Exception {
        return request(keys, "SHA256withECDSA", subject, asked);
    }

    private static PKCS10CertificationRequest request(
            KeyPair keys, String signature, X500Name subject, @Nullable ExtensionsGenerator asked) throws Exception {
        var builder = new JcaPKCS10CertificationRequestBuilder(subject, keys.getPublic());
        if (asked != null) {
            builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, asked.generate());
        }
        return builder.build(
                new JcaContentSignerBuilder(signature).setProvider(PROVIDER).build(keys.getPrivate()));
    }

    private static byte[] pem(PKCS10CertificationRequest request) throws IOException {
        var text = new StringWriter();
        try (var pem = new JcaPEMWriter(text)) {
            pem.writeObject(request);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
