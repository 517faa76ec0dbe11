package org.callclear.sip.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Sdp;
import org.callclear.sip.transaction.SipTimers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent as a server, spoken to line by line. */
class AgentTest {
    static final SipTimers FAST = new SipTimers(Duration.ofMillis(20), Duration.ofMillis(80), Duration.ofMillis(40));
    static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Answering answering = new Answering(false);
    private SipUserAgent agent;
    private SipPeer peer;

    @BeforeEach
    void start() throws IOException {
        agent = SipUserAgent.start(new SipSettings(FREE, "callclear-test", null, FAST), answering);
        peer = SipPeer.udp(agent.address());
    }

    @AfterEach
    void stop() throws IOException {
        peer.close();
        agent.close();
    }

    /** A request with this branch, method and To tag. */
    private String request(String method, String branch, int number, String toTag, String more) {
        return method + " sip:+4940123@127.0.0.1 SIP/2.0\n"
                + "Via: SIP/2.0/UDP 127.0.0.1:" + peer.address().getPort() + ";branch=z9hG4bK" + branch + "\n"
                + "Max-Forwards: 70\nFrom: <sip:+4930@127.0.0.1>;tag=f1\nTo: <sip:+4940123@127.0.0.1>"
                + (toTag.isEmpty() ? "" : ";tag=" + toTag) + "\nCall-ID: c1\nCSeq: " + number + " " + method
                + "\nContact: <sip:a@127.0.0.1:" + peer.address().getPort() + ">\n" + more + "Content-Length: 0\n\n";
    }

    private String invited() throws IOException {
        String invite = request("INVITE", "i", 1, "", "");
        peer.send(invite);
        peer.expect("SIP/2.0 100 ");
        await().until(() -> answering.calls.size() == 1);
        return invite;
    }

    /** Answers the call and returns our tag, before the ACK. */
    private String answered() throws IOException {
        invited();
        answering.calls.get(0).answer(Answering.ANSWER);
        return tag(peer.await("SIP/2.0 200 "));
    }

    private String up() throws IOException {
        String tag = answered();
        peer.send(request("ACK", "a", 1, tag, ""));
        await().until(() -> answering.heard.contains("confirmed"));
        return tag;
    }

    private static String tag(String message) {
        String to = SipPeer.header(message, "To");
        return to.substring(to.indexOf("tag=") + 4);
    }

    @Test
    void aCallRingsIsAnsweredAndHungUp() throws IOException {
        invited();
        assertThat(answering.calls.get(0).calling()).isEqualTo("+4930");
        assertThat(answering.calls.get(0).called()).isEqualTo("+4940123");
        answering.calls.get(0).progress(183, Answering.ANSWER);
        assertThat(peer.expect("SIP/2.0 183 ")).contains("m=audio");
        answering.calls.get(0).answer(Answering.ANSWER);
        String tag = tag(peer.expect("SIP/2.0 200 "));
        peer.send(request("ACK", "a", 1, tag, ""));
        await().until(() -> answering.heard.contains("confirmed"));
        peer.send(request("BYE", "b", 2, tag, "Reason: SIP;cause=1, Q.850 ;text=\"x\" ; cause=31\n"));

        assertThat(peer.await("SIP/2.0 200 ")).contains("CSeq: 2 BYE");
        await().until(() -> answering.heard.contains("ended 31"));
        assertThat(agent.counters().openCalls()).isZero();
    }

    /** With a transaction and without one, the answer is for who asked: the other socket is the victim of a reflection. */
    @ParameterizedTest
    @ValueSource(strings = {"INVITE", "OPTIONS", "BYE", "REGISTER", "malformed"})
    void anAnswerGoesToWhoAskedWhateverMaddrItsViaNames(String method) throws IOException {
        InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
        try (SipPeer asks = SipPeer.udp(agent.address());
                DatagramSocket victim = new DatagramSocket(asks.address().getPort(), elsewhere)) {
            String request = request(method.equals("malformed") ? "INVITE" : method, "m", 1, "", "")
                    .replace(
                            ":" + peer.address().getPort() + ";",
                            ":" + asks.address().getPort() + ";maddr=127.0.0.2;");
            asks.send(method.equals("malformed") ? request.replace("CSeq: 1", "CSeq: x") : request);

            asks.expect("SIP/2.0 ");
            victim.setSoTimeout(200);
            assertThatThrownBy(() -> victim.receive(new DatagramPacket(new byte[1], 1)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** What ends here needs no hop beyond. */
    @Test
    void aRequestOfACallIsServedWithNoHopsLeft() throws IOException {
        String tag = up();
        peer.send(request("OPTIONS", "o", 2, tag, "").replace("Max-Forwards: 70", "Max-Forwards: 0"));
        peer.await("SIP/2.0 200 ");
        peer.send(request("BYE", "b", 3, tag, "").replace("Max-Forwards: 70", "Max-Forwards: 0"));

        assertThat(peer.await("SIP/2.0 200 ")).contains("CSeq: 3 BYE");
        await().until(() -> answering.heard.contains("ended 16"));
    }

    @Test
    void anInviteThatComesAgainIsAnsweredFromItsTransaction() throws IOException {
        String invite = invited();
        answering.calls.get(0).progress(180, Sdp.NONE);
        peer.expect("SIP/2.0 180 ");
        peer.send(invite);

        peer.expect("SIP/2.0 180 ");
        assertThat(answering.calls).hasSize(1);
        await().until(() -> agent.counters().retransmissions() == 1); // counted once the answer is out
    }

    @Test
    void theAnswerIsSentAgainUntilTheAckComes() throws IOException {
        String tag = answered();
        peer.expect("SIP/2.0 200 ");
        peer.expect("SIP/2.0 200 ");
        peer.send(request("ACK", "a", 1, tag, ""));

        await().until(() -> answering.heard.contains("confirmed"));
    }

    @Test
    void anAnswerNeverAcknowledgedEndsInBye() throws IOException {
        answered();

        assertThat(peer.await("BYE ")).contains("Q.850;cause=102");
        await().until(() -> answering.heard.contains("ended 102"));
    }

    @Test
    void cancelEndsARingingCallWith487() throws IOException {
        invited();
        peer.send(request("CANCEL", "i", 1, "", ""));

        assertThat(peer.expect("SIP/2.0 200 ")).contains("1 CANCEL");
        assertThat(peer.expect("SIP/2.0 487 ")).contains("1 INVITE");
        await().until(() -> answering.heard.equals(List.of("cancelled")));
    }

    @Test
    void aRefusalSaysWhyAndWhenToTryAgain() throws IOException {
        invited();
        answering.calls.get(0).refuse(503, Cause.NO_CIRCUIT, Duration.ofSeconds(7));

        String refusal = peer.expect("SIP/2.0 503 ");
        assertThat(SipPeer.header(refusal, "Reason")).isEqualTo("Q.850;cause=34");
        assertThat(SipPeer.header(refusal, "Retry-After")).isEqualTo("7");
        peer.expect("SIP/2.0 503 "); // timer G, until the ACK
    }

    @Test
    void hangingUpAnAnsweredCallWaitsForTheAck() throws IOException {
        String tag = answered();
        answering.calls.get(0).hangUp(Cause.TIMER_EXPIRY);
        peer.expect("SIP/2.0 200 ");
        peer.send(request("ACK", "a", 1, tag, ""));

        String bye = peer.await("BYE ");
        assertThat(bye).contains("Q.850;cause=102");
        peer.send(SipPeer.answer(bye, "200 OK", "x", ""));
        await().until(() -> agent.counters().openCalls() == 0);
        assertThat(answering.heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"INVITE,488", "UPDATE,405", "INFO,405", "OPTIONS,200", "FOO,501"})
    void aRequestWithinTheCallIsAnsweredAndTheCallGoesOn(String method, int status) throws IOException {
        String tag = up();
        peer.send(request(method, "x", 2, tag, ""));
        peer.await("SIP/2.0 " + status + " ");
        peer.send(request("BYE", "b", 3, tag, ""));

        await().until(() -> answering.heard.contains("ended 16"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OPTIONS | '' | 200",
                "REGISTER | '' | 405",
                "SUBSCRIBE | '' | 405",
                "WINK | '' | 501",
                "BYE | '' | 481",
                "CANCEL | '' | 481",
                "INVITE | 'Require: timer\n' | 420",
                "INVITE | 'Require: 100rel\n' | 420",
                "OPTIONS | 'Subject: x\ny\n' | 400"
            })
    void aRequestOutsideACallIsAnsweredAsTheRfcSays(String method, String more, int status) throws IOException {
        peer.send(request(method, "o", 1, "", more));

        peer.expect("SIP/2.0 " + status + " ");
        assertThat(answering.calls).isEmpty();
    }

    @Test
    void anUnknownDialogIs481() throws IOException {
        peer.send(request("BYE", "b", 2, "nobody", ""));
        peer.expect("SIP/2.0 481 ");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:+4940123@127.0.0.1,http:x,416",
        "Max-Forwards: 70,Max-Forwards: 0,483",
        "0.1 SIP/2.0,0.1 SIP/4.0,505"
    })
    void aRequestThatCannotBeServedSaysWhy(String given, String changed, int status) throws IOException {
        String invite = request("INVITE", "w", 1, "", "").replaceFirst(Pattern.quote(given), changed);
        peer.send(invite);

        peer.expect("SIP/2.0 " + status + " ");
    }

    @Test
    void aBodyThatIsNoSdpIs415() throws IOException {
        peer.send(request("INVITE", "t", 1, "", "Content-Type: text/plain\n")
                .replace("Length: 0\n\n", "Length: 2\n\nhi"));

        assertThat(peer.expect("SIP/2.0 415 ")).contains("Accept: application/sdp");
    }

    @Test
    void sessionTimersAreIgnoredPolitely() throws IOException {
        peer.send(request("INVITE", "i", 1, "", "Session-Expires: 90\nMin-SE: 90\nSupported: timer\n"));
        peer.expect("SIP/2.0 100 ");
        await().until(() -> answering.calls.size() == 1);
        answering.calls.get(0).answer(Answering.ANSWER);

        assertThat(peer.expect("SIP/2.0 200 ")).doesNotContain("Session-Expires");
    }

    @Test
    void theSameInviteByAnotherWayIs482() throws IOException {
        invited();
        peer.send(request("INVITE", "other", 1, "", ""));

        peer.expect("SIP/2.0 482 ");
    }

    @Test
    void aResponseGoesToTheSourcePortOnlyWhenRportAsks() throws IOException {
        try (SipPeer named = SipPeer.udp(agent.address())) {
            String options = request("OPTIONS", "r", 1, "", "");
            String elsewhere = options.replaceFirst(
                    "127.0.0.1:[0-9]+;branch", "nat.example:" + named.address().getPort() + ";branch");
            peer.send(elsewhere);
            assertThat(named.expect("SIP/2.0 200 ")).contains("received=127.0.0.1");
            peer.send(elsewhere.replace("z9hG4bKr", "z9hG4bKq;rport").replace("CSeq: 1", "CSeq: 2"));

            assertThat(peer.expect("SIP/2.0 200 "))
                    .contains("rport=" + peer.address().getPort());
        }
    }

    @Test
    void aStreamWithoutContentLengthIsToldAndClosed() throws IOException {
        try (SipPeer stream = SipPeer.tcp(agent.address())) {
            stream.send(request("OPTIONS", "s", 1, "", "").replace("Content-Length: 0\n", ""));

            stream.expect("SIP/2.0 400 ");
            assertThat(stream.isClosedWithin(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void aStreamMayBringMessagesInPiecesAndPings() throws IOException {
        try (SipPeer stream = SipPeer.tcp(agent.address())) {
            String two = request("OPTIONS", "s", 1, "", "") + request("OPTIONS", "t", 2, "", "");
            stream.send(two.substring(0, 200));
            stream.send(two.substring(200));

            stream.expect("SIP/2.0 200 ");
            stream.expect("SIP/2.0 200 ");
        }
    }

    @Test
    void everyTransactionLeavesByItsTimers() throws IOException {
        String tag = up();
        peer.send(request("BYE", "b", 2, tag, ""));

        await().until(() -> answering.heard.contains("ended 16"));
        await().until(() -> agent.counters().openTransactions() == 0);
    }
}
