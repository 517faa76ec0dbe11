package org.callclear.tokens.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.network.ConnectionMode;
import org.apache.kafka.common.security.ssl.SslFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.call.GatewayId;
import org.callclear.schemas.topics.Party;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration VALIDITY = Duration.ofDays(90);
    private static final Subject BROKER = Subject.broker(List.of("localhost", "127.0.0.1"));
    private static final Subject PROXY = Subject.of(Party.proxyOf(new CarrierId("acme")));
    private final BouncyCastleProvider provider = new BouncyCastleProvider();

    @TempDir
    Path temporary;

    private CertificateAuthority open(Instant now) {
        return CertificateAuthority.openOrCreate(
                temporary.resolve("pki"), Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    }

    private X509Certificate certificate(Path file) throws IOException {
        return Identity.read(file, provider).certificate();
    }

    @Test
    void aPartyMayOnlyConnectAndTheBrokerMayAlsoServeItsHosts() throws Exception {
        CertificateAuthority authority = open(NOW);

        X509Certificate proxy = certificate(authority.issue(PROXY, VALIDITY));
        X509Certificate broker = certificate(authority.issue(BROKER, VALIDITY));

        assertThat(proxy.getSubjectX500Principal().getName()).isEqualTo("CN=proxy.acme");
        assertThat(proxy.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(proxy.getSubjectAlternativeNames()).isNull();
        assertThat(proxy.getBasicConstraints()).isEqualTo(-1);
        assertThat(broker.getSubjectX500Principal().getName()).isEqualTo("CN=broker");
        assertThat(broker.getExtendedKeyUsage()).containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(broker.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
    }

    /** Kafka proves a key store by a TLS handshake with itself, as server and as client, against the trust store. */
    @Test
    void kafkaShakesHandsWithTheFilesAsTheyAre() {
        CertificateAuthority authority = open(Instant.now());
        Path identity = authority.issue(BROKER, VALIDITY);

        try (var factory = new SslFactory(ConnectionMode.SERVER, null, true)) {
            factory.configure(AdminClientConfig.configDef()
                    .parse(Map.of(
                            "bootstrap.servers", "localhost:9092",
                            "ssl.truststore.type", "PEM",
                            "ssl.truststore.location", authority.trusted().toString(),
                            "ssl.keystore.type", "PEM",
                            "ssl.keystore.location", identity.toString())));

            assertThat(factory.sslEngineFactory().keystore()).isNotNull();
        }
    }

    @Test
    void openingAgainGivesTheSameAuthorityAndRepairsWhatACrashLeft() throws IOException {
        CertificateAuthority first = open(NOW);
        byte[] trusted = Files.readAllBytes(first.trusted());
        Files.delete(first.trusted());
        Files.writeString(temporary.resolve("pki/ca-identity.pem.half-written"), "-----BEGIN");

        CertificateAuthority second = open(NOW);

        assertThat(Files.readAllBytes(second.trusted())).isEqualTo(trusted);
        try (Stream<Path> files = Files.list(temporary.resolve("pki"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("ca-identity.pem", "ca.pem", "ca.lock", "crl.pem", "issued.index");
        }
    }

    @Test
    void aLostKeyIsNamedAndNotReplacedSilently() throws IOException {
        open(NOW);
        Files.delete(temporary.resolve("pki/ca-identity.pem"));

        assertThatThrownBy(() -> open(NOW))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("ca-identity.pem");
    }

    @Test
    void aDamagedLooseOrExpiredAuthorityIsNotOpened() throws IOException {
        open(NOW);
        Path file = temporary.resolve("pki/ca-identity.pem");
        byte[] whole = Files.readAllBytes(file);

        assertThatThrownBy(() -> open(NOW.plus(CertificateAuthority.LIFE))).isInstanceOf(UncheckedIOException.class);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> open(NOW)).isInstanceOf(UncheckedIOException.class);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> open(NOW)).isInstanceOf(UncheckedIOException.class);
        Files.write(file, whole);
        assertThat(open(NOW).trusted()).exists();
    }

    @Test
    void anIdentityIsRenewedInTheLastThirdOfItsLifeAndNotBefore() throws IOException {
        X509Certificate first = certificate(open(NOW).ensure(PROXY, VALIDITY));

        X509Certificate early = certificate(open(NOW.plus(Duration.ofDays(59))).ensure(PROXY, VALIDITY));
        X509Certificate late = certificate(open(NOW.plus(Duration.ofDays(61))).ensure(PROXY, VALIDITY));

        assertThat(early).isEqualTo(first);
        assertThat(late.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        assertThat(late.getNotAfter()).isAfter(first.getNotAfter());
    }

    @Test
    void anIdentityForOtherHostsIsIssuedAgain() throws Exception {
        CertificateAuthority authority = open(NOW);
        authority.ensure(BROKER, VALIDITY);

        Path file = authority.ensure(Subject.broker(List.of("kafka.example")), VALIDITY);

        assertThat(certificate(file).getSubjectAlternativeNames()).containsExactly(List.of(2, "kafka.example"));
    }

    @Test
    void identitiesAreForTheirOwnerOnly() throws IOException {
        Path file = open(NOW).issue(Subject.of(Party.gateway(new GatewayId("zenith-1"))), VALIDITY);

        assertThat(file.getFileName()).hasToString("gateway.zenith-1.pem");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aCertificateNeverOutlivesItsAuthority() throws IOException {
        open(NOW);
        Instant late = NOW.plus(CertificateAuthority.LIFE).minus(Duration.ofDays(3));

        X509Certificate certificate = certificate(open(late).issue(PROXY, VALIDITY));

        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(CertificateAuthority.LIFE));
    }

    @Test
    void noCertificateLastsLongerThanThirteenMonths() {
        CertificateAuthority authority = open(NOW);
        Duration longest = CertificateAuthority.LONGEST;

        assertThat(authority.issue(PROXY, longest)).exists();
        assertThatThrownBy(() -> authority.issue(PROXY, longest.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("proxy.acme");
        assertThat(authority.issued()).hasSize(1);
    }
}
