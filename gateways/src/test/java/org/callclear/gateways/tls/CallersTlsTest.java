package org.callclear.gateways.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSocket;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.Credentials;
import org.callclear.sip.digest.DigestAnswer;
import org.callclear.sip.transport.Limits;
import org.callclear.sip.transport.SipTls;
import org.callclear.testkit.sip.SipPeer;
import org.callclear.testkit.sip.TlsPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers on the TLS port, good ones and others. */
class CallersTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory = Path.of("unset");

    private TlsGround ground;

    @BeforeEach
    void start() {
        ground = new TlsGround(directory);
    }

    @AfterEach
    void stop() {
        ground.close();
    }

    private static InetSocketAddress tls(SipUserAgent agent) {
        return Objects.requireNonNull(agent.tlsAddress());
    }

    private SipPeer caller(SipUserAgent agent) throws IOException {
        return TlsPeer.connect(tls(agent), ground.authority.trusted(), null);
    }

    private static String request(String method, String uri, int number, String more) {
        return method + " " + uri + " SIP/2.0\nVia: SIP/2.0/TLS phone.invalid;branch=z9hG4bK" + method + number
                + "\nMax-Forwards: 70\nFrom: <sip:alice@acme.example>;tag=f1\nTo: <" + uri
                + ">" + (more.startsWith(";") ? more.substring(0, more.indexOf('\n')) : "")
                + "\nCall-ID: tls-1\nCSeq: " + number + " " + method
                + "\nContact: <sip:alice@phone.invalid;transport=tls>\n"
                + (more.startsWith(";") ? more.substring(more.indexOf('\n') + 1) : more) + "Content-Length: 0\n\n";
    }

    @ParameterizedTest
    @CsvSource({"sips:+4940123@127.0.0.1,<sips:127.0.0.1:%d>", "sip:+4940123@127.0.0.1,<sip:127.0.0.1:%d;transport=tls>"
    })
    void aCallerProvesWhoHeIsTalksAndHangsUp(String uri, String contact) throws IOException {
        SipUserAgent edge = ground.edge();
        try (SipPeer phone = caller(edge)) {
            phone.send(request("INVITE", uri, 1, ""));
            String challenge = phone.await("SIP/2.0 401 ");
            phone.send(request("ACK", uri, 1, ""));
            String proof = Objects.requireNonNull(DigestAnswer.to(
                    List.of(SipPeer.header(challenge, "WWW-Authenticate")),
                    new Credentials("alice", "wonder"),
                    "INVITE",
                    uri,
                    "c"));
            phone.send(request("INVITE", uri, 2, "Authorization: " + proof + "\n"));
            String ok = phone.await("SIP/2.0 200 ");
            String to = SipPeer.header(ok, "To");
            String tag = to.substring(to.indexOf(";tag=")) + "\n";
            phone.send(request("ACK", uri, 2, tag));
            await().atMost(PATIENCE).until(() -> ground.heard.contains("confirmed"));
            phone.send(request("BYE", uri, 3, tag));

            phone.await("SIP/2.0 200 ");
            await().atMost(PATIENCE).until(() -> ground.heard.contains("ended 16"));
            assertThat(SipPeer.header(ok, "Contact"))
                    .isEqualTo(contact.formatted(tls(edge).getPort()));
            assertThat(ground.calls.get(0).user()).isEqualTo("alice");
            assertThat(ground.calls.get(0).called()).isEqualTo("+4940123");
        }
    }

    /** Credentials that were caught on TLS are worth nothing in the clear once they were used. */
    @Test
    void credentialsUsedOverTlsAreStaleOverUdp() throws IOException {
        SipUserAgent edge = ground.edge();
        String uri = "sip:+4940123@127.0.0.1";
        try (SipPeer phone = caller(edge);
                SipPeer thief = SipPeer.udp(edge.address())) {
            phone.send(request("INVITE", uri, 1, ""));
            String proof = Objects.requireNonNull(DigestAnswer.to(
                    List.of(SipPeer.header(phone.await("SIP/2.0 401 "), "WWW-Authenticate")),
                    new Credentials("alice", "wonder"),
                    "INVITE",
                    uri,
                    "c"));
            phone.send(request("INVITE", uri, 2, "Authorization: " + proof + "\n"));
            phone.await("SIP/2.0 200 ");
            thief.send(request("INVITE", uri, 9, "Authorization: " + proof + "\n")
                    .replace("TLS phone.invalid;", "UDP phone.invalid;rport;")
                    .replace("tls-1", "tls-2"));

            assertThat(thief.await("SIP/2.0 401 ")).contains("stale=true");
            assertThat(ground.calls).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSecuredRequestInTheClearIsRefused(boolean datagram) throws IOException {
        SipUserAgent edge = ground.edge();
        try (SipPeer peer = datagram ? SipPeer.udp(edge.address()) : SipPeer.tcp(edge.address())) {
            peer.send(request("INVITE", "sips:+4940123@127.0.0.1", 1, "")
                    .replace("phone.invalid;branch", "phone.invalid;rport;branch"));

            peer.expect("SIP/2.0 416 ");
        }
    }

    @Test
    void whoSpeaksInTheClearIsClosed() throws IOException {
        SipUserAgent edge = ground.edge();
        try (SipPeer plain = SipPeer.tcp(tls(edge));
                SipPeer good = caller(edge)) {
            plain.send(request("OPTIONS", "sip:127.0.0.1", 1, ""));

            String answer = plain.next(PATIENCE);
            assertThat(answer).isNull();
            assertThat(plain.isClosedWithin(PATIENCE)).isTrue();
            good.send(request("OPTIONS", "sip:127.0.0.1", 1, ""));
            good.expect("SIP/2.0 200 ");
            assertThat(edge.counters().floods().handshakesFailed()).isEqualTo(1);
        }
    }

    @Test
    void aHandshakeThatDoesNotComeIsClosedInTime() throws IOException {
        SipUserAgent edge = ground.edge(
                SipTls.of(TlsGround.FREE, ground.identity("acme", "127.0.0.1")), limits(10, Duration.ofMillis(200)));
        try (Socket silent = new Socket(tls(edge).getAddress(), tls(edge).getPort())) {
            silent.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1}); // a hello that never goes on
            silent.setSoTimeout((int) PATIENCE.toMillis());

            assertThat(drained(silent)).isTrue();
            await().atMost(PATIENCE).until(() -> edge.counters().floods().handshakesFailed() == 1);
            assertThat(edge.counters().floods().connectionsSlow()).isZero();
        }
    }

    @Test
    void moreHandshakesThanAllowedAreRefusedUntilOthersEnd() throws IOException {
        SipUserAgent edge = ground.edge(
                SipTls.of(TlsGround.FREE, ground.identity("acme", "127.0.0.1")), limits(4, Duration.ofMinutes(5)));
        List<SipPeer> callers = new ArrayList<>();
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) { // of 4 one peer has 2: with a third he would have more than he leaves
                silent.add(new Socket(tls(edge).getAddress(), tls(edge).getPort()));
            }
            assertThatThrownBy(() -> caller(edge)).isInstanceOf(IOException.class);
            for (Socket socket : silent) {
                socket.close();
            }
            // A handshake that is over takes no place, so more can be had than may be under way. The caller's side of
            // it is over a little earlier than ours.
            for (int i = 0; i < 5; i++) {
                await().atMost(PATIENCE).ignoreExceptions().until(() -> callers.add(caller(edge)));
            }
            assertThat(callers).hasSize(5).allMatch(SipPeer::isStream);
        } finally {
            for (SipPeer caller : callers) {
                caller.close();
            }
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void oneAddressCannotTakeTheHandshakesOfOthers() throws IOException {
        SipUserAgent edge = ground.edge(
                SipTls.of(TlsGround.FREE, ground.identity("acme", "127.0.0.1")), limits(10, Duration.ofMinutes(5)));
        InetAddress greedy = InetAddress.getByName("127.0.0.2");
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                silent.add(new Socket(tls(edge).getAddress(), tls(edge).getPort(), greedy, 0));
            }
            await().atMost(PATIENCE).until(() -> edge.counters().floods().connectionsRefused() == 15);

            try (SipPeer good = caller(edge)) {
                good.send(request("OPTIONS", "sip:127.0.0.1", 1, ""));
                good.expect("SIP/2.0 200 ");
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void whereCallersNeedACertificateNoneAndAStrangersAreRefused() throws IOException {
        Path trusted = ground.authority.trusted();
        Path own = ground.identity("acme", "127.0.0.1");
        SipUserAgent edge = ground.edge(new SipTls(TlsGround.FREE, own, trusted, null), Limits.USUAL);
        TlsGround strangers = new TlsGround(directory.resolve("strangers"));
        Path friend = ground.identity("zenith");
        Path stranger = strangers.identity("zenith");

        assertThat(isServed(edge, friend)).isTrue();
        assertThat(isServed(edge, null)).isFalse();
        assertThat(isServed(edge, stranger)).isFalse();
    }

    /** In TLS 1.3 the refusal of a client comes after the client's part of the handshake. */
    private boolean isServed(SipUserAgent edge, @org.jspecify.annotations.Nullable Path identity) {
        try (SipPeer peer = TlsPeer.connect(tls(edge), ground.authority.trusted(), identity)) {
            peer.send(request("OPTIONS", "sip:127.0.0.1", 1, ""));
            String answer = peer.next(PATIENCE);
            return answer != null && answer.startsWith("SIP/2.0 200 ");
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void anIdentityThatOthersMayReadStopsTheStart() throws IOException {
        Path identity = ground.identity("acme", "127.0.0.1");
        Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> ground.edge(SipTls.of(TlsGround.FREE, identity), Limits.USUAL))
                .hasMessageContaining("identity " + identity)
                .hasMessageContaining("rw-r-----");
    }

    @Test
    void anIdentityThatIsReplacedIsShownToTheNextCallerAndABrokenOneIsNot() throws IOException {
        Path identity = ground.identity("acme", "127.0.0.1");
        SipUserAgent edge = ground.edge(SipTls.of(TlsGround.FREE, identity), Limits.USUAL);
        Certificate first = shown(edge);
        assertThat(shown(edge)).isEqualTo(first);

        assertThat(ground.identity("acme", "127.0.0.1")).isEqualTo(identity);
        Certificate second = shown(edge);
        assertThat(second).isNotEqualTo(first);
        Files.writeString(identity, "-----BEGIN CERTIFICATE-----");
        assertThat(shown(edge)).isEqualTo(second);
        Files.delete(identity);
        assertThat(shown(edge)).isEqualTo(second);
    }

    private Certificate shown(SipUserAgent edge) throws IOException {
        try (SSLSocket caller = TlsPeer.socket(tls(edge), ground.authority.trusted(), null)) {
            return caller.getSession().getPeerCertificates()[0];
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'' ", "'not PEM at all'", "-----BEGIN CERTIFICATE-----"})
    void anIdentityWithoutKeyOrChainStopsTheStart(String text) throws IOException {
        Path identity = directory.resolve("broken.pem");
        Files.createFile(identity, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(identity, text);

        assertThatThrownBy(() -> ground.edge(SipTls.of(TlsGround.FREE, identity), Limits.USUAL))
                .hasMessageContaining("identity " + identity);
        assertThatThrownBy(() -> ground.edge(SipTls.of(TlsGround.FREE, directory.resolve("none.pem")), Limits.USUAL))
                .hasMessageContaining("there is no such file");
    }

    private static Limits limits(int handshakes, Duration within) {
        return Limits.USUAL.with(new Limits.Handshakes(handshakes, within));
    }

    /** Reads what comes, an alert perhaps, until the other end closes. */
    private static boolean drained(Socket socket) throws IOException {
        int read = socket.getInputStream().read();
        while (read >= 0) {
            read = socket.getInputStream().read();
        }
        return true;
    }
}
