package org.callclear.sip.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.callclear.sip.agent.Answering;
import org.callclear.sip.agent.SipPeer;
import org.callclear.sip.agent.SipSettings;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** SIP over IPv6, on the loopback: RFC 5118's messages to an agent that runs, and whole calls. */
class SixTest {
    private static final byte[] LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Sdp OFFER =
            new Sdp("v=0\r\no=- 1 1 IN IP6 ::1\r\ns=-\r\nc=IN IP6 ::1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n");

    private final Answering answering = new Answering(true);
    private InetAddress six;
    private SipUserAgent agent;

    static List<TortureMessage> rfc5118() throws IOException {
        return TortureMessage.shelf("rfc5118");
    }

    @BeforeEach
    void start() throws IOException {
        six = InetAddress.getByAddress(LOOPBACK);
        assumeTrue(hasSix(), "no IPv6 loopback");
        agent = SipUserAgent.start(SipSettings.of(new InetSocketAddress(six, 0), "callclear-test", null), answering);
    }

    @AfterEach
    void stop() {
        if (agent != null) {
            agent.close();
        }
    }

    private boolean hasSix() {
        try (ServerSocket probe = new ServerSocket(0, 1, six)) {
            return probe.isBound();
        } catch (IOException e) {
            System.err.println("\n*** SKIPPED: this machine has no IPv6 loopback (" + e.getMessage() + ") ***\n");
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("rfc5118")
    void anAgentAnswersADatagram(TortureMessage message) throws IOException {
        try (SipPeer peer = SipPeer.udp(six, agent.address())) {
            exchange(message, message.udp(), peer);
        }
    }

    @ParameterizedTest
    @MethodSource("rfc5118")
    void anAgentAnswersAStream(TortureMessage message) throws IOException {
        try (SipPeer peer = SipPeer.tcp(agent.address())) {
            exchange(message, message.tcp(), peer);
        }
    }

    private void exchange(TortureMessage message, String wanted, SipPeer peer) throws IOException {
        peer.sendRaw(message.text(peer.address().getPort()));

        String answer = Objects.requireNonNull(peer.next(PATIENCE), "no answer");
        assertThat(answer).startsWith("SIP/2.0 " + wanted + " ");
        assertThat(SipPeer.header(answer, "Via"))
                .startsWith("SIP/2.0/UDP [::1]:" + peer.address().getPort());
        String vias = message.read().getOrDefault("vias", "1");
        assertThat(Pattern.compile("(?m)^Via: ").matcher(answer).results()).hasSize(Integer.parseInt(vias));
        if (wanted.equals("100")) {
            String ok = peer.await("SIP/2.0 200 ");
            assertThat(SipPeer.header(ok, "Contact"))
                    .startsWith("<sip:[::1]:" + agent.address().getPort());
            await().atMost(PATIENCE).until(() -> answering.calls.size() == 1);
            assertThat(answering.calls.get(0).sdp().text())
                    .contains("c=IN IP6 ")
                    .endsWith("\r\n");
        }
    }

    /** The source is written without brackets (RFC 3261, 25.1), and the answer finds its way back by it. */
    @Test
    void receivedAndRportNameTheSource() throws IOException {
        try (SipPeer peer = SipPeer.udp(six, agent.address())) {
            peer.send("""
                    OPTIONS sip:[::1] SIP/2.0
                    Via: SIP/2.0/UDP [2001:db8::1]:9;rport;branch=z9hG4bKr
                    Max-Forwards: 70
                    From: <sip:p@[::1]>;tag=1
                    To: <sip:[::1]>
                    Call-ID: r
                    CSeq: 1 OPTIONS
                    Content-Length: 0

                    """);

            String answer = peer.expect("SIP/2.0 200 ");
            assertThat(SipPeer.header(answer, "Via"))
                    .contains("received=::1", "rport=" + peer.address().getPort());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dial.Transport.class,
            names = {"UDP", "TCP"})
    void aCallIsPlacedTalkedAndHungUp(Dial.Transport transport) throws Exception {
        CompletableFuture<Sdp> answered = new CompletableFuture<>();
        try (SipUserAgent caller =
                SipUserAgent.start(SipSettings.of(new InetSocketAddress(six, 0), "callclear-test", null), call -> {})) {
            OutgoingCall call = caller.dial(
                    new Dial(agent.address(), transport, "+4930123", "+4940123", OFFER, PATIENCE),
                    new OutgoingCall.Listener() {
                        @Override
                        public void progress(int status, Sdp sdp) {}

                        @Override
                        public void answered(Sdp sdp) {
                            answered.complete(sdp);
                        }

                        @Override
                        public void failed(int status, Cause cause) {
                            answered.completeExceptionally(new AssertionError("failed with " + status));
                        }

                        @Override
                        public void ended(Cause cause) {}
                    });

            assertThat(answered.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Answering.ANSWER);
            await().atMost(PATIENCE).until(() -> answering.heard.contains("confirmed"));
            call.hangUp(Cause.NORMAL);
            await().atMost(PATIENCE).until(() -> answering.heard.contains("ended 16"));
            assertThat(answering.calls.get(0).called()).isEqualTo("+4940123");
            assertThat(answering.calls.get(0).source().getAddress()).isEqualTo(six);
        }
    }
}
