package org.callclear.sip.torture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.callclear.sip.agent.DigestRealm;
import org.callclear.sip.agent.SipPeer;
import org.callclear.sip.agent.SipSettings;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.IncomingCall;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every torture message to agents that run, one that takes calls of anybody and one that asks for a digest. */
class WireTortureTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BEHIND = "valid-octets-behind-inner";
    private static final BlockingQueue<IncomingCall> CALLS = new LinkedBlockingQueue<>();
    private static final AtomicInteger PROBES = new AtomicInteger();
    private static SipUserAgent open;
    private static SipUserAgent streams; // one of its own: the same call by another way would be 482
    private static SipUserAgent gated;

    static List<TortureMessage> rfc4475() throws IOException {
        return TortureMessage.shelf("rfc4475");
    }

    @BeforeAll
    static void start() {
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        open = agent(free);
        streams = agent(free);
        gated = SipUserAgent.start(
                SipSettings.of(free, "callclear-test", new DigestRealm("west.example", user -> Optional.empty())),
                call -> {
                    throw new AssertionError("nobody proved who he is");
                });
    }

    private static SipUserAgent agent(InetSocketAddress listen) {
        return SipUserAgent.start(SipSettings.of(listen, "callclear-test", null), call -> {
            call.listen(new Deaf());
            CALLS.add(call);
            call.refuse(486, Cause.BUSY, null);
        });
    }

    @AfterAll
    static void stop() {
        open.close();
        streams.close();
        gated.close();
    }

    @ParameterizedTest
    @MethodSource("rfc4475")
    void anAgentAnswersADatagram(TortureMessage message) throws Exception {
        try (SipPeer peer = SipPeer.udp(open.address())) {
            exchange(message, message.udp(), open, peer);
        }
    }

    @ParameterizedTest
    @MethodSource("rfc4475")
    void anAgentAnswersAStream(TortureMessage message) throws Exception {
        try (SipPeer peer = SipPeer.tcp(streams.address())) {
            exchange(message, message.tcp(), streams, peer);
        }
    }

    @ParameterizedTest
    @MethodSource("rfc4475")
    void anEdgeThatKnowsItsCallersAsksFirst(TortureMessage message) throws Exception {
        try (SipPeer peer = SipPeer.udp(gated.address())) {
            exchange(message, message.udp().equals("100") ? "401" : message.udp(), gated, peer);
        }
    }

    private static void exchange(TortureMessage message, String wanted, SipUserAgent agent, SipPeer peer)
            throws Exception {
        CALLS.clear();
        long strays = agent.counters().stray();
        long dropped = agent.counters().dropped();
        String text = message.text(peer.address().getPort());
        peer.sendRaw(text);
        switch (wanted) {
            case "stray" ->
                await().atMost(PATIENCE).until(() -> agent.counters().stray() == strays + 1);
            case "dropped" ->
                await().atMost(PATIENCE).until(() -> agent.counters().dropped() == dropped + 1);
            case "waits" -> assertThat(peer.next(Duration.ofMillis(300))).isNull();
            default -> answered(message, wanted, text, peer);
        }
        if (!wanted.equals("waits") && !wanted.endsWith("closed")) {
            stillServes(peer);
        }
    }

    private static void answered(TortureMessage message, String wanted, String text, SipPeer peer) throws Exception {
        String answer = Objects.requireNonNull(peer.next(PATIENCE), "no answer");
        assertThat(answer).startsWith("SIP/2.0 " + wanted.substring(0, 3) + " ");
        assertThat(SipPeer.header(answer, "Call-ID")).isEqualTo(callId(text));
        message.read().forEach((name, value) -> {
            switch (name) {
                case "header" -> assertThat(SipPeer.header(answer, value)).isNotEmpty();
                case "Unsupported", "Accept" ->
                    assertThat(SipPeer.header(answer, name)).isEqualTo(value);
                case "vias" ->
                    assertThat(Pattern.compile("(?m)^Via: ").matcher(answer).results())
                            .hasSize(Integer.parseInt(value));
                default -> {}
            }
        });
        if (wanted.equals("100")) {
            IncomingCall call = Objects.requireNonNull(CALLS.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
            assertThat(call.called()).isEqualTo(message.read().get("called"));
        }
        if (wanted.endsWith("closed")) {
            assertThat(peer.isClosedWithin(PATIENCE)).isTrue();
        }
    }

    private static String callId(String text) {
        String given = SipPeer.header(text, "Call-ID");
        return given.isEmpty() ? SipPeer.header(text, "i") : given;
    }

    /** The next answer is the one to the next question: nothing else came, and nothing broke. */
    private static void stillServes(SipPeer peer) throws IOException {
        String id = "probe-" + PROBES.incrementAndGet();
        peer.send("OPTIONS sip:127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:"
                + peer.address().getPort()
                + ";branch=z9hG4bK" + id + "\nMax-Forwards: 70\nFrom: <sip:p@127.0.0.1>;tag=1\n"
                + "To: <sip:127.0.0.1>\nCall-ID: " + id + "\nCSeq: 1 OPTIONS\nContent-Length: 0\n\n");
        while (true) {
            String answer = Objects.requireNonNull(peer.next(PATIENCE), id);
            if (SipPeer.header(answer, "Call-ID").equals(id)) {
                assertThat(answer).startsWith("SIP/2.0 200 ");
                return;
            }
            // A refusal comes until it is acknowledged, and on a stream the octets behind are a message; nothing else.
            assertThat(answer.startsWith("SIP/2.0 486 ")
                            || answer.startsWith("SIP/2.0 401 ")
                            || (peer.isStream() && answer.contains(BEHIND)))
                    .as(answer)
                    .isTrue();
            assertThat(!peer.isStream() && answer.contains(BEHIND))
                    .as("what stood behind a datagram's message was read")
                    .isFalse();
        }
    }

    private static final class Deaf implements IncomingCall.Listener {
        @Override
        public void cancelled() {}

        @Override
        public void confirmed() {}

        @Override
        public void ended(Cause cause) {}
    }
}
