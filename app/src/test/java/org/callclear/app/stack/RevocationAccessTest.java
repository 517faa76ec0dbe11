package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.Issued;
import org.callclear.tokens.pki.RevocationReason;
import org.callclear.tokens.pki.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a real broker lets in once certificates are revoked, and when it cannot know which. */
@Tag("broker")
class RevocationAccessTest {
    private static final Duration LASTS = Duration.ofDays(90);
    private static final Subject PROXY = Subject.of(Party.proxyOf(Parties.ACME));
    private static final Subject GATEWAY = Subject.of(Party.gateway(Parties.ZENITH_1));

    /** Length 10, request 18 of version 0, correlation 1, no client id. */
    private static final byte[] API_VERSIONS = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, -1, -1};

    @TempDir
    static Path folder;

    private static DataDirectory data;
    private static EmbeddedBroker broker;
    private static CertificateAuthority authority;

    /** Without the stack around it, whose keeper would mend the list that these tests damage. */
    @BeforeAll
    static void start() {
        data = DataDirectory.open(folder.resolve("data"));
        var settings = StackSettings.in(data, StackPorts.REMEMBERED, new LoopbackPorts(RandomGenerator.getDefault()));
        LocalTrust trust = LocalTrust.in(data, Clock.systemUTC(), new SecureRandom());
        broker = EmbeddedBroker.start(data, settings, trust.broker());
        authority = open(Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        broker.close();
        data.close();
    }

    private static CertificateAuthority open(Clock clock) {
        return CertificateAuthority.open(folder.resolve("data/pki"), clock, new SecureRandom());
    }

    @Test
    void aRevokedCertificateOpensNoNewConnectionWhileOthersGoOn() throws Exception {
        Path file = folder.resolve("revoked.pem");
        Issued revoked = authority.issue(PROXY, LASTS, file);
        Path successor = folder.resolve("successor.pem");
        authority.issue(PROXY, LASTS, successor);
        connect(file);

        try (Admin gateway = Admin.create(as(identity(GATEWAY)));
                Admin standing = Admin.create(as(file))) {
            ask(gateway);
            ask(standing);
            long begun = System.nanoTime();
            authority.revoke(List.of(revoked.serial()), RevocationReason.KEY_COMPROMISE);

            // The very first connection after the change: the broker looks at the file at each handshake.
            assertThatThrownBy(() -> connect(file)).isInstanceOf(SslAuthenticationException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            ask(gateway);
            ask(standing); // Kafka does not cut what stands: docs/security.md says so.
        }
        connect(successor);
        connect(identity(GATEWAY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "missing", "empty", "garbage", "another authority's"})
    void withoutAGoodListNobodyIsLetIn(String fault) throws Exception {
        Path list = authority.revocations();
        byte[] good = Files.readAllBytes(list);
        Path gateway = identity(GATEWAY);
        connect(gateway);
        try {
            damage(list, fault);

            assertThatThrownBy(() -> connect(gateway)).isInstanceOf(SslAuthenticationException.class);
        } finally {
            Files.write(list, good);
        }
        connect(gateway);
    }

    private static void damage(Path list, String fault) throws IOException {
        switch (fault) {
            case "expired" ->
                open(Clock.offset(Clock.systemUTC(), Duration.ofDays(-8))).keepRevocations();
            case "missing" -> Files.delete(list);
            case "empty" -> Files.write(list, new byte[0]);
            case "garbage" -> Files.writeString(list, "-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n");
            default -> {
                var other = CertificateAuthority.openOrCreate(
                        folder.resolve("other"), Clock.systemUTC(), new SecureRandom());
                Files.copy(other.revocations(), list, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void aCertificateForServersOnlyIsNotLetIn() throws Exception {
        Forger forger = Forger.with(folder.resolve("data/pki/ca-identity.pem"));
        X500Name gateway = new X500Name("CN=gateway.zenith-1");

        connect(forger.identity(gateway, KeyPurposeId.id_kp_clientAuth, folder.resolve("client.pem")));
        Path server = forger.identity(gateway, KeyPurposeId.id_kp_serverAuth, folder.resolve("server.pem"));
        assertThatThrownBy(() -> connect(server)).isInstanceOf(SslAuthenticationException.class);
    }

    /** A resumed TLS session brings no certificate along that could be checked. */
    @Test
    void whoConnectedBeforeTheRevocationAndShakesHandsAfterItIsRefused() throws Exception {
        Path file = folder.resolve("resumed.pem");
        Issued revoked = authority.issue(PROXY, LASTS, file);
        SSLContext client = context(file);
        assertThat(isLetIn(open(), client)).isTrue();

        try (Socket openedBefore = open()) {
            authority.revoke(List.of(revoked.serial()), RevocationReason.KEY_COMPROMISE);

            assertThat(isLetIn(openedBefore, client)).isFalse();
        }
    }

    @Test
    void aRenewedIdentityIsTakenUpWithoutARestartByBrokerAndClients() throws Exception {
        Path own = folder.resolve("data/pki/broker.pem");
        Path file = folder.resolve("renewed.pem");
        Issued first = authority.issue(GATEWAY, LASTS, file);
        Map<String, Object> settings = as(file);
        settings.put("connections.max.idle.ms", 500);
        settings.put("metadata.max.age.ms", 1_000);
        try (Admin client = Admin.create(settings)) {
            ask(client);
            authority.issue(GATEWAY, LASTS, file);
            authority.revoke(List.of(first.serial()), RevocationReason.SUPERSEDED);
            authority.issue(Subject.broker(List.of("localhost", LoopbackPorts.HOST)), LASTS, own);

            // With the old file the broker would refuse the client's next connection.
            double closed = closedConnections(client);
            await().atMost(Duration.ofSeconds(60)).until(() -> closedConnections(client) > closed);
            ask(client);
        }
        SSLContext stranger = context(file);
        try (SSLSocket socket = shake(open(), stranger)) {
            String serial = ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSerialNumber()
                    .toString(16);
            assertThat(authority.issued().get(authority.issued().size() - 1).serial())
                    .isEqualTo(serial);
        }
    }

    private static Path identity(Subject subject) {
        return authority.ensure(subject, LASTS);
    }

    private static Map<String, Object> as(Path identity) {
        var tls = new KafkaAccess.Tls(authority.trusted(), identity);
        Map<String, Object> settings =
                new KafkaAccess(broker.bootstrapServers(), "http://127.0.0.1", tls).clientSettings();
        settings.put("default.api.timeout.ms", 40_000);
        return settings;
    }

    private static void connect(Path identity) {
        try (Admin admin = Admin.create(as(identity))) {
            ask(admin);
        }
    }

    private static void ask(Admin admin) {
        try {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double closedConnections(Admin client) {
        return client.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("connection-close-total"))
                .mapToDouble(metric -> (double) metric.getValue().metricValue())
                .sum();
    }

    private static SSLContext context(Path identity) {
        Map<String, Object> settings = new HashMap<>(as(identity));
        settings.remove("ssl.engine.factory.class");
        var kafka = new DefaultSslEngineFactory();
        kafka.configure(new AdminClientConfig(settings).values());
        return kafka.sslContext();
    }

    private static Socket open() throws IOException {
        String address = broker.bootstrapServers();
        int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 30_000);
        return socket;
    }

    private static SSLSocket shake(Socket plain, SSLContext context) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, LoopbackPorts.HOST, plain.getPort(), true);
        socket.startHandshake();
        return socket;
    }

    /** Asks which versions the broker speaks, and has an answer; after which a client also has a ticket to resume with. */
    private static boolean isLetIn(Socket plain, SSLContext context) throws IOException {
        try (SSLSocket socket = shake(plain, context)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(API_VERSIONS);
            return new DataInputStream(socket.getInputStream()).readInt() > 0;
        } catch (SSLException | SocketException | EOFException e) { // said no, or hung up before it could be read
            return false;
        }
    }
}
