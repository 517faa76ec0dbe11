package org.callclear.gateways.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.callclear.gateways.trunk.Trunk;
import org.callclear.schemas.call.E164Number;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;
import org.callclear.sip.transport.SipTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trunk that is dialled over TLS. */
class TrunkTlsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory = Path.of("unset");

    private TlsGround ground;
    private TlsGround strangers;

    @BeforeEach
    void start() {
        ground = new TlsGround(directory);
        strangers = new TlsGround(directory.resolve("strangers"));
    }

    @AfterEach
    void stop() {
        ground.close();
        strangers.close();
    }

    private SipUserAgent trunk(String... hosts) {
        return ground.trunk(SipTls.of(TlsGround.FREE, ground.identity("zenith", hosts)));
    }

    private SipUserAgent gateway(Path trusted, String name) {
        Path identity = ground.identity("acme", "127.0.0.1");
        return ground.trunk(new SipTls(TlsGround.FREE, identity, null, new SipTls.Peer(trusted, name)));
    }

    /** Dials, and tells "answered" or the status it failed with. */
    private static CompletableFuture<String> dial(
            SipUserAgent gateway, InetSocketAddress peer, CompletableFuture<OutgoingCall> call) {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Trunk trunk = new Trunk(gateway, peer, Dial.Transport.TLS, PATIENCE);
        call.complete(trunk.dial(
                new E164Number("4930123"), new E164Number("4940123"), TlsGround.ANSWER, new OutgoingCall.Listener() {
                    @Override
                    public void progress(int status, Sdp sdp) {}

                    @Override
                    public void answered(Sdp sdp) {
                        outcome.complete("answered");
                    }

                    @Override
                    public void failed(int status, Cause cause) {
                        outcome.complete("failed " + status);
                    }

                    @Override
                    public void ended(Cause cause) {
                        outcome.complete("ended");
                    }
                }));
        return outcome;
    }

    private static InetSocketAddress tls(SipUserAgent agent) {
        return Objects.requireNonNull(agent.tlsAddress());
    }

    private static String outcome(SipUserAgent gateway, InetSocketAddress peer) throws Exception {
        return dial(gateway, peer, new CompletableFuture<>()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aCallGoesOutOverTlsAndIsHungUpFromEitherSide() throws Exception {
        SipUserAgent trunk = trunk("trunk.example");
        SipUserAgent gateway = gateway(ground.authority.trusted(), "trunk.example");
        CompletableFuture<OutgoingCall> call = new CompletableFuture<>();

        assertThat(dial(gateway, tls(trunk), call).get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isEqualTo("answered");
        await().atMost(PATIENCE).until(() -> ground.heard.contains("confirmed"));
        call.get().hangUp(Cause.NORMAL);
        await().atMost(PATIENCE).until(() -> ground.heard.contains("ended 16"));
        dial(gateway, tls(trunk), new CompletableFuture<>()).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        ground.calls.get(1).hangUp(Cause.NORMAL);
        await().atMost(PATIENCE).until(() -> gateway.counters().openCalls() == 0);
    }

    /** RFC 5922, 7: the whole name as configured, no common names. Wildcards our authority does not issue. */
    @ParameterizedTest
    @CsvSource({
        "trunk.example, trunk.example, answered",
        "Trunk.Example, trunk.example, answered",
        "127.0.0.1, 127.0.0.1, answered",
        "trunk.example, 127.0.0.1, failed 503",
        "other.example, trunk.example, failed 503",
        "trunk.example.attacker.example, trunk.example, failed 503",
        "a.trunk.example, trunk.example, failed 503",
        "127.0.0.1, trunk.example, failed 503",
        "trunk.example, proxy.zenith, failed 503"
    })
    void onlyWhoBearsTheNameIsSpokenTo(String borne, String wanted, String outcome) throws Exception {
        SipUserAgent trunk = trunk(borne);
        SipUserAgent gateway = gateway(ground.authority.trusted(), wanted);

        assertThat(outcome(gateway, tls(trunk))).isEqualTo(outcome);
        assertThat(ground.calls).hasSize(outcome.equals("answered") ? 1 : 0);
    }

    @Test
    void aNameVouchedForByAStrangerIsNone() throws Exception {
        SipUserAgent trunk = trunk("trunk.example");
        SipUserAgent gateway = gateway(strangers.authority.trusted(), "trunk.example");

        assertThat(outcome(gateway, tls(trunk))).isEqualTo("failed 503");
        assertThat(ground.calls).isEmpty();
    }

    /** Not one byte of SIP leaves in the clear, whatever answers there. */
    @Test
    void aTrunkThatSpeaksInTheClearHearsNothingOfTheCall() throws Exception {
        SipUserAgent gateway = gateway(ground.authority.trusted(), "trunk.example");
        try (ServerSocket plain = new ServerSocket(0, 1, TlsGround.FREE.getAddress())) {
            CompletableFuture<String> outcome = dial(
                    gateway,
                    new InetSocketAddress(TlsGround.FREE.getAddress(), plain.getLocalPort()),
                    new CompletableFuture<>());
            try (Socket accepted = plain.accept()) {
                byte[] hello = new byte[4_096];
                int length = accepted.getInputStream().read(hello);
                accepted.getOutputStream().write("SIP/2.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

                assertThat(new String(hello, 0, length, StandardCharsets.ISO_8859_1))
                        .doesNotContain("SIP", "4940123");
                assertThat(outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("failed 503");
            }
        }
    }

    @Test
    void whoMayConnectToNobodyOpensNoConnection() throws Exception {
        SipUserAgent trunk = trunk("trunk.example");
        SipUserAgent listening = ground.trunk(SipTls.of(TlsGround.FREE, ground.identity("acme", "127.0.0.1")));

        assertThat(outcome(listening, tls(trunk))).isEqualTo("failed 503");
    }
}
