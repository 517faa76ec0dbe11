package org.callclear.app.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.callclear.schemas.topics.Party;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.ReloadingSslEngineFactory;
import org.callclear.tokens.pki.CertificateAuthority;
import org.callclear.tokens.pki.Issued;
import org.callclear.tokens.pki.RevocationReason;
import org.callclear.tokens.pki.Subject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate serves only those that are for serving, and lets in only those that are for connecting. */
class TlsPurposeTest {
    private static final Duration LASTS = Duration.ofDays(1);
    private static final Subject GATEWAY = Subject.of(Party.gateway(Parties.ZENITH_1));

    /** As much as a handshake ever sends at once. */
    private static final int ROOM = 1 << 17;

    private static final int MOST_STEPS = 200;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit's
    private Path folder;

    private CertificateAuthority authority;
    private Forger forger;

    /** What came of a handshake. */
    private enum Outcome {
        BOTH_CONTENT,
        REFUSED_BY_CLIENT,
        REFUSED_BY_SERVER
    }

    @BeforeEach
    void open() throws Exception {
        authority = CertificateAuthority.openOrCreate(folder.resolve("pki"), Clock.systemUTC(), new SecureRandom());
        forger = Forger.with(folder.resolve("pki/ca-identity.pem"));
    }

    private Path broker() {
        return authority.issue(Subject.broker(List.of(LoopbackPorts.HOST)), LASTS);
    }

    private Path forged(String name, KeyPurposeId purpose) throws Exception {
        return forger.identity(new X500Name("CN=" + name), purpose, folder.resolve(name + ".pem"));
    }

    @Test
    void aPartyConnectsToABrokerThatServes() throws Exception {
        assertThat(shake(authority.issue(GATEWAY, LASTS), broker())).isEqualTo(Outcome.BOTH_CONTENT);
        assertThat(shake(forged("gateway.zenith-1", KeyPurposeId.id_kp_clientAuth), broker()))
                .isEqualTo(Outcome.BOTH_CONTENT);
    }

    @Test
    void aBrokerConnectsToABroker() throws Exception {
        assertThat(shake(broker(), broker())).isEqualTo(Outcome.BOTH_CONTENT);
    }

    @Test
    void aCertificateForServersOnlyDoesNotConnect() throws Exception {
        Path server = forged("gateway.zenith-1", KeyPurposeId.id_kp_serverAuth);

        assertThat(shake(server, broker())).isEqualTo(Outcome.REFUSED_BY_SERVER);
    }

    /** Whoever has a party's key cannot play the broker to another party, though the same authority vouches for it. */
    @Test
    void aCertificateForClientsOnlyDoesNotServe() throws Exception {
        Path party = authority.issue(GATEWAY, LASTS);

        assertThat(shake(party, party)).isEqualTo(Outcome.REFUSED_BY_CLIENT);
        assertThat(shake(party, forged("server", KeyPurposeId.id_kp_serverAuth)))
                .as("the control: it is the purpose, for names are not looked at here")
                .isEqualTo(Outcome.BOTH_CONTENT);
        assertThat(shake(party, forged("client", KeyPurposeId.id_kp_clientAuth)))
                .isEqualTo(Outcome.REFUSED_BY_CLIENT);
    }

    /** A resumed session brings no certificate along that could be checked; the client here has a ticket for one. */
    @Test
    void aSessionFromBeforeARevocationOpensNothing() throws Exception {
        Path file = folder.resolve("resumed.pem");
        Issued party = authority.issue(GATEWAY, LASTS, file);
        try (ReloadingSslEngineFactory clients = new ReloadingSslEngineFactory();
                ReloadingSslEngineFactory servers = new RevocationSslEngineFactory()) {
            clients.configure(settings(file));
            servers.configure(settings(broker()));
            assertThat(shake(clients, servers)).isEqualTo(Outcome.BOTH_CONTENT);

            authority.revoke(List.of(party.serial()), RevocationReason.KEY_COMPROMISE);

            assertThat(shake(clients, servers)).isEqualTo(Outcome.REFUSED_BY_SERVER);
        }
    }

    /** Without a check of the host's name, which would refuse too. */
    private Outcome shake(Path clientsIdentity, Path serversIdentity) throws Exception {
        try (ReloadingSslEngineFactory clients = new ReloadingSslEngineFactory();
                ReloadingSslEngineFactory servers = new RevocationSslEngineFactory()) {
            clients.configure(settings(clientsIdentity));
            servers.configure(settings(serversIdentity));
            return shake(clients, servers);
        }
    }

    private static Outcome shake(ReloadingSslEngineFactory clients, ReloadingSslEngineFactory servers)
            throws SSLException {
        return shake(
                clients.createClientSslEngine(LoopbackPorts.HOST, 1, ""),
                servers.createServerSslEngine(LoopbackPorts.HOST, 2));
    }

    private Map<String, Object> settings(Path identity) {
        var tls = new KafkaAccess.Tls(authority.trusted(), identity);
        Map<String, Object> settings = new HashMap<>(
                new AdminClientConfig(new KafkaAccess("127.0.0.1:9092", "http://127.0.0.1", tls).clientSettings())
                        .values());
        settings.put("ssl.client.auth", "required");
        settings.put(
                RevocationSslEngineFactory.CRL_LOCATION, authority.revocations().toString());
        return settings;
    }

    private static Outcome shake(SSLEngine client, SSLEngine server) throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(ROOM);
        ByteBuffer toClient = ByteBuffer.allocate(ROOM);
        client.beginHandshake();
        server.beginHandshake();
        for (int i = 0; i < MOST_STEPS; i++) {
            try {
                step(client, toServer, toClient);
            } catch (SSLException e) {
                return Outcome.REFUSED_BY_CLIENT;
            }
            try {
                step(server, toClient, toServer);
            } catch (SSLException e) {
                return Outcome.REFUSED_BY_SERVER;
            }
            if (isOver(client) && isOver(server) && toServer.position() == 0) {
                server.wrap(ByteBuffer.wrap(new byte[1]), toClient); // a word, before which any ticket goes out
                while (toClient.position() > 0) {
                    step(client, toServer, toClient);
                }
                return Outcome.BOTH_CONTENT;
            }
        }
        throw new AssertionError(
                "the handshake does not end: " + client.getHandshakeStatus() + ", " + server.getHandshakeStatus());
    }

    private static boolean isOver(SSLEngine engine) {
        return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            }
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            default -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(ROOM));
                in.compact();
            }
        }
    }
}
