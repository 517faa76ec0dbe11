package org.callclear.sip.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Credentials;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;
import org.callclear.sip.transport.Limits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The agent as a client, its peer played line by line. */
class DialTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final OutgoingCall.Listener listener = new OutgoingCall.Listener() {
        @Override
        public void progress(int status, Sdp sdp) {
            heard.add("progress " + status);
        }

        @Override
        public void answered(Sdp sdp) {
            heard.add("answered");
        }

        @Override
        public void failed(int status, Cause cause) {
            heard.add("failed " + status + " " + cause.q850());
        }

        @Override
        public void ended(Cause cause) {
            heard.add("ended " + cause.q850());
        }
    };
    private SipUserAgent agent;
    private SipPeer peer;

    @BeforeEach
    void start() throws IOException {
        agent = SipUserAgent.start(new SipSettings(AgentTest.FREE, "callclear-test", null, AgentTest.FAST), call -> {});
        peer = SipPeer.udp();
    }

    @AfterEach
    void stop() throws IOException {
        peer.close();
        agent.close();
    }

    private OutgoingCall dial(Duration answerWithin, @Nullable Credentials credentials) {
        return agent.dial(
                new Dial(
                        peer.address(),
                        Dial.Transport.UDP,
                        "+4930",
                        "+49 40?",
                        Answering.ANSWER,
                        answerWithin,
                        credentials),
                listener);
    }

    private OutgoingCall dial() {
        return dial(Duration.ofSeconds(30), null);
    }

    private String contact() {
        return "Contact: <sip:p@127.0.0.1:" + peer.address().getPort() + ">\r\n";
    }

    @Test
    void aCallIsAnsweredAndTheOtherEndHangsUp() throws IOException {
        dial();
        String invite = peer.expect("INVITE sip:+49%2040%3F@127.0.0.1");
        peer.send(SipPeer.answer(invite, "180 Ringing", "t", ""));
        peer.send(SipPeer.answer(invite, "200 OK", "t", contact()));
        String ack = peer.await("ACK sip:p@127.0.0.1");
        peer.send(SipPeer.answer(invite, "200 OK", "t", contact()));
        assertThat(peer.await("ACK ")).contains(SipPeer.header(ack, "CSeq"));
        peer.send("BYE sip:x@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:"
                + peer.address().getPort()
                + ";branch=z9hG4bKbye\nFrom: " + SipPeer.header(ack, "To") + "\nTo: " + SipPeer.header(ack, "From")
                + "\nCall-ID: " + SipPeer.header(ack, "Call-ID")
                + "\nCSeq: 1 BYE\nReason: Q.850;cause=31\nContent-Length: 0\n\n");

        peer.await("SIP/2.0 200 ");
        await().until(() -> heard.equals(List.of("progress 180", "answered", "ended 31")));
        assertThat(agent.counters().openCalls()).isZero();
    }

    @Test
    void hangingUpAnAnsweredCallSendsBye() throws IOException {
        OutgoingCall call = dial();
        peer.send(SipPeer.answer(peer.expect("INVITE "), "200 OK", "t", contact()));
        await().until(() -> heard.contains("answered"));
        call.hangUp(Cause.NORMAL);

        String bye = peer.await("BYE ");
        assertThat(bye).contains("Q.850;cause=16").contains("CSeq: 2 BYE");
        peer.send(SipPeer.answer(bye, "200 OK", "t", ""));
        await().until(() -> agent.counters().openCalls() == 0);
        assertThat(heard).containsExactly("answered");
    }

    @Test
    void cancelWaitsForAProvisionalResponse() throws IOException {
        OutgoingCall call = dial();
        String invite = peer.expect("INVITE ");
        call.hangUp(Cause.NORMAL);
        peer.expect("INVITE ");
        peer.send(SipPeer.answer(invite, "180 Ringing", "t", ""));

        String cancel = peer.await("CANCEL ");
        assertThat(SipPeer.header(cancel, "Via")).isEqualTo(SipPeer.header(invite, "Via"));
        peer.send(SipPeer.answer(cancel, "200 OK", "t", ""));
        peer.send(SipPeer.answer(invite, "487 Request Terminated", "t", ""));
        peer.await("ACK ");
        await().until(() -> agent.counters().openCalls() == 0);
        assertThat(heard).containsExactly("failed 487 16");
    }

    @Test
    void anAnswerThatCrossesTheCancelIsHungUp() throws IOException {
        OutgoingCall call = dial();
        String invite = peer.expect("INVITE ");
        peer.send(SipPeer.answer(invite, "180 Ringing", "t", ""));
        await().until(() -> heard.contains("progress 180"));
        call.hangUp(Cause.NORMAL);
        peer.await("CANCEL ");
        peer.send(SipPeer.answer(invite, "200 OK", "t", contact()));

        peer.await("ACK ");
        peer.await("BYE ");
        assertThat(heard).containsExactly("progress 180", "failed 487 16");
    }

    @Test
    void aSecondForkThatAnswersIsHungUp() throws IOException {
        dial();
        String invite = peer.expect("INVITE ");
        peer.send(SipPeer.answer(invite, "200 OK", "one", contact()));
        peer.await("ACK ");
        peer.send(SipPeer.answer(invite, "200 OK", "two", contact()));

        assertThat(SipPeer.header(peer.await("ACK "), "To")).contains("tag=two");
        assertThat(SipPeer.header(peer.await("BYE "), "To")).contains("tag=two");
        assertThat(heard).containsExactly("answered");
    }

    @Test
    void whatAnswersWhenTheCallIsOverIsAcknowledgedAndHungUp() throws IOException {
        OutgoingCall call = dial();
        String invite = peer.expect("INVITE ");
        peer.send(SipPeer.answer(invite, "200 OK", "one", contact()));
        peer.await("ACK ");
        await().until(() -> heard.contains("answered"));
        call.hangUp(Cause.NORMAL);
        peer.send(SipPeer.answer(peer.await("BYE "), "200 OK", "one", ""));
        await().until(() -> agent.counters().openCalls() == 0);

        peer.send(SipPeer.answer(invite, "200 OK", "one", contact()));
        assertThat(SipPeer.header(peer.await("ACK "), "To")).contains("tag=one");
        peer.send(SipPeer.answer(invite, "200 OK", "two", contact()));
        assertThat(SipPeer.header(peer.await("ACK "), "To")).contains("tag=two");
        assertThat(SipPeer.header(peer.await("BYE "), "To")).contains("tag=two");
        assertThat(heard).containsExactly("answered");
    }

    @Test
    void aRefusalIsAcknowledgedAndGivesItsCause() throws IOException {
        dial();
        peer.send(SipPeer.answer(peer.expect("INVITE "), "486 Busy", "t", "Reason: Q.850;cause=34\r\n"));

        peer.await("ACK ");
        await().until(() -> heard.equals(List.of("failed 486 34")));
    }

    @Test
    void ringingTooLongIsCancelledAndFailsWith408() throws IOException {
        dial(Duration.ofMillis(300), null);
        peer.send(SipPeer.answer(peer.expect("INVITE "), "180 Ringing", "t", ""));

        peer.await("CANCEL ");
        await().until(() -> heard.equals(List.of("progress 180", "failed 408 19")));
    }

    @Test
    void silenceFailsWith408() throws IOException {
        dial();
        peer.expect("INVITE ");
        peer.expect("INVITE ");

        await().until(() -> heard.equals(List.of("failed 408 18")));
    }

    @Test
    void aRefusedConnectionFailsWith503() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        agent.dial(new Dial(nobody, Dial.Transport.TCP, "1", "2", Sdp.NONE, Duration.ofSeconds(9)), listener);

        await().until(() -> heard.equals(List.of("failed 503 41")));
    }

    private static String challenge(String nonceAndRest) {
        return "Proxy-Authenticate: Digest realm=\"r\", nonce=\"" + nonceAndRest + "\r\n";
    }

    @Test
    void aChallengeIsAnsweredOnceWithTheBestAlgorithm() throws IOException {
        dial(Duration.ofSeconds(30), new Credentials("alice", "secret"));
        String challenges = challenge("n\", qop=\"auth\", algorithm=MD5")
                + challenge("n\", qop=\"auth,auth-int\", algorithm=SHA-256");
        peer.send(SipPeer.answer(peer.expect("INVITE "), "407 Proxy", "t", challenges));
        peer.await("ACK ");
        String again = peer.await("INVITE ");
        assertThat(again).contains("CSeq: 2 INVITE");
        assertThat(SipPeer.header(again, "Proxy-Authorization")).contains("algorithm=SHA-256", "nc=00000001");
        peer.send(SipPeer.answer(again, "407 Proxy", "t", challenges));

        await().until(() -> heard.equals(List.of("failed 407 21")));
    }

    @Test
    void whoAnsweredOurInviteIsNoStrangerAnyMore() throws IOException {
        agent.close();
        agent = SipUserAgent.start(
                new SipSettings(AgentTest.FREE, "callclear-test", null, AgentTest.FAST),
                null,
                Limits.USUAL.with(new Limits.Answers(1, 1)),
                Clock.systemUTC(),
                new SecureRandom());
        try (SipPeer trunk = SipPeer.udp(agent.address())) {
            int asked = 20;
            ask(trunk, asked);
            long shed = agent.counters().floods().shed();
            assertThat(shed).isPositive();
            dial();
            peer.send(SipPeer.answer(peer.expect("INVITE "), "180 Ringing", "t", ""));
            await().until(() -> heard.contains("progress 180"));
            ask(trunk, asked);

            assertThat(agent.counters().floods().shed()).isEqualTo(shed);
        }
    }

    /** Asks so often for what this agent can do, and waits until each question was answered or shed. */
    private void ask(SipPeer who, int times) throws IOException {
        long before = turned();
        for (int i = 0; i < times; i++) {
            who.send("OPTIONS sip:127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:"
                    + who.address().getPort()
                    + ";branch=z9hG4bKo" + i + "\nMax-Forwards: 70\nFrom: <sip:p@127.0.0.1>;tag=1\n"
                    + "To: <sip:127.0.0.1>\nCall-ID: o" + i + "\nCSeq: 1 OPTIONS\nContent-Length: 0\n\n");
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> turned() == before + times);
    }

    private long turned() {
        SipCounters.Floods floods = agent.counters().floods();
        return floods.stateless() + floods.shed();
    }

    @Test
    void oneAgentCallsAnotherWithADigest() {
        Answering answering = new Answering(true);
        DigestRealm realm = new DigestRealm("callclear.test", user -> Optional.of("secret"));
        try (SipUserAgent other =
                SipUserAgent.start(new SipSettings(AgentTest.FREE, "other", realm, AgentTest.FAST), answering)) {
            agent.dial(
                    new Dial(
                            other.address(),
                            Dial.Transport.TCP,
                            "+4930",
                            "+4940",
                            Answering.ANSWER,
                            Duration.ofSeconds(9),
                            new Credentials("alice", "secret")),
                    listener);

            await().until(() -> heard.contains("answered") && answering.heard.contains("confirmed"));
            assertThat(answering.calls.get(0).user()).isEqualTo("alice");
            assertThat(other.counters().challenges()).isEqualTo(1);
        }
    }
}
