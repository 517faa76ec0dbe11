package org.callclear.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    @BeforeEach
    void init() {
        assertThat(run("init")).isZero();
    }

    @Test
    void aCertificateIsIssuedListedRenewedAndRevoked() throws IOException {
        Path file = folder.resolve("proxy.pem");

        JsonNode first = json("issue", "--for", "proxy.acme", "--out", file.toString());
        JsonNode second = json("renew", "proxy.acme", "--out", file.toString(), "--revoke-old");
        JsonNode alice = json("issue", "--for", "operations", "--person", "alice", "--lasts", "P7D");
        JsonNode list = json("list").path("certificates");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(alice.path("file").asText()).endsWith("operations+alice.pem");
        assertThat(list.findValuesAsText("serial"))
                .containsExactly(
                        first.path("serial").asText(),
                        second.path("serial").asText(),
                        alice.path("serial").asText());
        assertThat(list.findValuesAsText("state")).containsExactly("REVOKED", "VALID", "VALID");
        assertThat(list.get(0).path("reason").asText()).isEqualTo("superseded");
        JsonNode revoked = json("revoke", "operations/alice", "--reason", "keyCompromise");
        assertThat(revoked.path("certificates").findValuesAsText("serial"))
                .containsExactly(alice.path("serial").asText());
        assertThat(Path.of(revoked.path("list").asText())).exists();
    }

    @Test
    void aProxyAndAGatewayMayServeSipOnTheirHosts() throws Exception {
        for (String party : List.of("proxy.acme", "gateway.zenith-1")) {
            String file = at(party + "-sip.pem");

            JsonNode issued =
                    json("issue", "--for", party, "--host", "sip.example", "--host", "127.0.0.1", "--out", file);

            X509Certificate certificate = certificate(Path.of(file));
            assertThat(certificate.getSubjectAlternativeNames())
                    .containsExactlyInAnyOrder(List.of(2, "sip.example"), List.of(7, "127.0.0.1"));
            assertThat(certificate.getExtendedKeyUsage())
                    .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
            assertThat(issued.path("hosts")).hasSize(2);
        }
    }

    private static X509Certificate certificate(Path file) throws Exception {
        String text = Files.readString(file);
        byte[] pem = text.substring(text.indexOf("-----BEGIN CERTIFICATE-----")).getBytes(StandardCharsets.US_ASCII);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    @Test
    void withoutRevokeOldTheOldOneStaysGood() throws IOException {
        json("issue", "--for", "carrier.acme");
        json("renew", "carrier.acme");

        assertThat(json("list").path("certificates").findValuesAsText("state")).containsExactly("VALID", "VALID");
    }

    @Test
    void aPrivateKeyThatIsReplacedIsKeptAndOneIsNeverLostToARequest() throws IOException {
        Path file = Path.of(at("carrier.pem"));
        json("issue", "--for", "carrier.acme", "--out", file.toString());
        String first = Files.readString(file);

        assertThat(run("issue", "--for", "carrier.acme", "--out", file.toString(), "--replace"))
                .isZero();
        String second = Files.readString(file);
        assertThat(run("issue", "--for", "carrier.acme", "--out", file.toString(), "--replace"))
                .isZero();

        assertThat(second).isNotEqualTo(first);
        assertThat(err.toString()).contains("is kept in " + file + ".old.2");
        Path old = Path.of(file + ".old");
        assertThat(old).hasContent(first);
        assertThat(Path.of(file + ".old.2")).hasContent(second);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(old)))
                .isEqualTo("rw-------");

        String third = Files.readString(file);
        Path request = Files.writeString(Path.of(at("any.csr")), "a request");
        assertThat(run(
                        "issue",
                        "--for",
                        "carrier.acme",
                        "--csr",
                        request.toString(),
                        "--out",
                        file.toString(),
                        "--replace"))
                .isOne();
        assertThat(err.toString())
                .contains(file.toString(), "holds a private key")
                .hasLineCount(1);
        assertThat(file).hasContent(third);
    }

    @Test
    void aCarrierThatNobodyCouldBeAskedAboutIsSaidToBeUnchecked() throws IOException {
        json("issue", "--for", "carrier.nobody");

        assertThat(err.toString()).contains("not checked whether there is a carrier 'nobody'");
    }

    @Test
    void aSecondRevocationWithAnotherReasonSaysThatTheFirstStands() throws IOException {
        json("issue", "--for", "carrier.acme");
        json("revoke", "carrier.acme", "--reason", "superseded");

        json("revoke", "carrier.acme", "--reason", "keyCompromise");

        assertThat(err.toString()).contains("(superseded), which stands; its key is not certified any more");
        assertThat(json("list").path("certificates").findValuesAsText("reason")).containsExactly("superseded");
        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains("superseded");
    }

    @Test
    void whatWasRevokedIsNotRenewed() throws IOException {
        JsonNode issued = json("issue", "--for", "carrier.acme");
        json("revoke", "carrier.acme", "--reason", "keyCompromise");

        assertThat(run("renew", "carrier.acme")).isOne();
        assertThat(err.toString())
                .contains(issued.path("serial").asText())
                .contains("carrier.acme")
                .contains("keyCompromise");
        assertThat(run("renew", issued.path("serial").asText())).isOne();
    }

    @Test
    void aLifeThatIsNoDurationIsMisuse() throws IOException {
        assertThat(run("issue", "--for", "operations", "--lasts", "P3M")).isEqualTo(2);
        assertThat(err.toString()).contains("--lasts", "P3M").hasLineCount(1);
        assertThat(json("list").path("certificates")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "issue --for operations --lasts P398D, 397",
        "issue --for operations --lasts=-P1D, positive",
        "issue --for proxy.acme --person alice, alice",
        "issue --for operations --person Alice, Alice",
        "issue --for operation, operation",
        "issue --for proxy.ACME, ACME",
        "issue --for proxy.a\u0000cme, proxy id",
        "issue --for broker, hosts of broker",
        "issue --for carrier.acme --host a.example --out x.pem, a.example",
        "issue --for proxy.acme --host a.example, --out",
        "issue --for carrier.acme --csr no-such.csr --out x.pem, no-such.csr",
        "issue --for carrier.acme --csr no-such.csr, --out",
        "renew carrier.nowhere, carrier.nowhere",
        "revoke 77 --reason superseded, 77",
        "revoke carrier.acme --reason boredom, boredom"
    })
    void whatCannotBeIsSaidInOneLineThatNamesIt(String line, String named) throws IOException {
        assertThat(run(line.split(" "))).isOne();
        assertThat(err.toString()).contains(named).hasLineCount(1);
        assertThat(json("list").path("certificates")).isEmpty();
    }

    @Test
    void aFileThatIsThereIsNotOverwrittenUnasked() throws IOException {
        Path file = Files.writeString(folder.resolve("precious"), "precious");

        assertThat(run("issue", "--for", "operations", "--out", file.toString()))
                .isOne();
        assertThat(file).hasContent("precious");
        assertThat(run("issue", "--for", "operations", "--out", file.toString(), "--replace"))
                .isZero();
    }

    @Test
    void aRenewalWritesOverNothingButTheFileOfTheSameParty() throws IOException {
        json("issue", "--for", "carrier.acme");
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Path others = folder.resolve("others.pem");
        json("issue", "--for", "carrier.zenith", "--out", others.toString());
        byte[] before = Files.readAllBytes(others);

        assertThat(run("renew", "carrier.acme", "--out", precious.toString())).isOne();
        assertThat(run("renew", "carrier.acme", "--out", others.toString())).isOne();

        assertThat(precious).hasContent("precious");
        assertThat(others).hasBinaryContent(before);
        assertThat(json("list").path("certificates")).hasSize(2);
        assertThat(run("renew", "carrier.acme", "--out", precious.toString(), "--replace"))
                .isZero();
        assertThat(run("renew", "carrier.acme", "--out", at("new.pem"))).isZero();
    }

    @Test
    void whatWasMadeFromARequestIsRenewedWithARequestAndNoKeyIsLost() throws Exception {
        Path identity = folder.resolve("identity.pem");
        Path certificate = folder.resolve("certificate.pem");
        String request = request("carrier.acme");
        json("issue", "--for", "carrier.acme", "--out", identity.toString());
        json("issue", "--for", "carrier.acme", "--csr", request, "--out", certificate.toString());
        byte[] key = Files.readAllBytes(identity);
        byte[] first = Files.readAllBytes(certificate);

        assertThat(run("renew", "carrier.acme", "--csr", request, "--out", identity.toString()))
                .as("over the only copy of a private key")
                .isOne();
        assertThat(run("renew", "carrier.acme"))
                .as("with a key that is not here")
                .isOne();
        assertThat(run("renew", "carrier.acme", "--out", certificate.toString()))
                .as("with a new key that nobody asked for")
                .isOne();
        assertThat(identity).hasBinaryContent(key);
        assertThat(certificate).hasBinaryContent(first);
        assertThat(json("list").path("certificates")).hasSize(2);

        json("renew", "carrier.acme", "--csr", request("carrier.acme"), "--out", certificate.toString());
        assertThat(Files.readAllBytes(certificate)).isNotEqualTo(first);
        json("renew", "carrier.acme", "--out", identity.toString());
        assertThat(Files.readString(identity)).contains("PRIVATE KEY");
    }

    private String request(String party) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=" + party), keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        }
        return Files.writeString(Files.createTempFile(folder, "request", ".csr"), text.toString())
                .toString();
    }

    @Test
    void anAuthorityThatIsNotThereIsNotMadeByAccident() {
        Path elsewhere = folder.resolve("elsewhere");

        assertThat(callclear("certs", "list", "--pki", elsewhere.toString())).isOne();
        assertThat(err.toString()).contains(elsewhere.toString());
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void opensslAsksAndFindsChainAndListGood() throws Exception {
        requireOpenssl();
        openssl("req -new -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout k.pem -out r.csr"
                + " -subj /UID=alice/CN=operations");
        JsonNode issued =
                json("issue", "--for", "operations", "--person", "alice", "--csr", at("r.csr"), "--out", at("c.pem"));
        String verify =
                "verify -x509_strict -purpose sslclient -CAfile pki/ca.pem -CRLfile pki/crl.pem -crl_check c.pem";

        assertThat(openssl(verify)).contains("OK");
        assertThat(openssl("x509 -in c.pem -noout -subject -nameopt RFC2253")).contains("CN=operations,UID=alice");
        json("revoke", issued.path("serial").asText(), "--reason", "keyCompromise");
        assertThat(openssl(verify)).contains("certificate revoked");
        assertThat(openssl("crl -in pki/crl.pem -CAfile pki/ca.pem -noout -text"))
                .contains("verify OK")
                .contains("Key Compromise");
    }

    @ParameterizedTest
    @CsvSource({
        "/CN=carrier.zenith, , subject",
        "/CN=carrier.acme/CN=operations, , subject",
        "/CN=carrier.acme, subjectAltName=DNS:carrier.zenith, carrier.zenith",
        "/CN=carrier.acme, 'basicConstraints=critical,CA:TRUE', basicConstraints",
        "/CN=carrier.acme, extendedKeyUsage=serverAuth, extendedKeyUsage"
    })
    void opensslsRequestForMoreThanThePartyHasIsRefused(String subject, String extension, String named)
            throws Exception {
        requireOpenssl();
        openssl("req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k.pem -out r.csr -subj " + subject
                + (extension == null ? "" : " -addext " + extension));

        assertThat(run("issue", "--for", "carrier.acme", "--csr", at("r.csr"), "--out", at("c.pem")))
                .isOne();
        assertThat(err.toString()).contains(named).hasLineCount(1);
        assertThat(folder.resolve("c.pem")).doesNotExist();
    }

    private static void requireOpenssl() {
        boolean there;
        try {
            there = new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            there = false;
        }
        if (!there) {
            System.err.println("SKIPPED: openssl is not installed; nothing foreign has checked our certificates");
        }
        assumeTrue(there, "openssl is not installed");
    }

    private String openssl(String line) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(line.split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private JsonNode json(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        out.getBuffer().setLength(0);
        assertThat(run(all.toArray(String[]::new))).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of("certs"));
        all.addAll(List.of(words));
        all.addAll(List.of("--pki", at("pki")));
        return callclear(all.toArray(String[]::new));
    }

    private int callclear(String... words) {
        err.getBuffer().setLength(0);
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err));
        return Callclear.with(terminal, new ByteArrayInputStream(new byte[0]), died -> {}, Clock.systemUTC())
                .execute(words);
    }
}
