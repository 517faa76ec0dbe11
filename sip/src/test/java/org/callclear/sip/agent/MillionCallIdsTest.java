package org.callclear.sip.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.callclear.sip.call.Credentials;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.IncomingCall;
import org.callclear.sip.digest.DigestAnswer;
import org.callclear.sip.digest.DigestGate;
import org.callclear.sip.loop.Loop;
import org.callclear.sip.transaction.SipTimers;
import org.callclear.sip.transport.Hop;
import org.callclear.sip.transport.Limits;
import org.callclear.sip.transport.Wire;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What reception keeps of strangers: without sockets, on a clock of its own. */
class MillionCallIdsTest {
    private static final InetSocketAddress OURS = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5060);
    private static final Hop STRANGER =
            new Hop(Dial.Transport.UDP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000));
    private static final int A_SECOND = 5_000;

    /** Counts what waits; nothing ever fires. */
    private static final class CountingLoop implements Loop {
        int waiting;

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Pending after(Duration delay, Runnable task) {
            waiting++;
            return () -> waiting--;
        }
    }

    /** Keeps the last message sent, and how many there were. */
    private static final class CountingWire implements Wire {
        long sent;
        String last = "";

        @Override
        public InetSocketAddress address() {
            return OURS;
        }

        @Override
        public @Nullable InetSocketAddress tlsAddress() {
            return null;
        }

        @Override
        public void send(Hop hop, byte[] bytes, Runnable failed) {
            sent++;
            last = new String(bytes, StandardCharsets.ISO_8859_1);
        }

        @Override
        public boolean isConnected(Hop hop) {
            return false;
        }
    }

    /** Counts how often something is drawn, as for each nonce and each tag. */
    private static final class CountingRandom extends SecureRandom {
        private static final long serialVersionUID = 1;

        int draws;

        @Override
        public void nextBytes(byte[] bytes) {
            draws++;
            super.nextBytes(bytes);
        }
    }

    private final CountingRandom random = new CountingRandom();
    private final CountingLoop loop = new CountingLoop();
    private final CountingWire wire = new CountingWire();
    private final Strangers strangers = new Strangers(Limits.USUAL, () -> now());
    private final Line line = new Line(loop, SipTimers.RFC_3261, "callclear-test", random, strangers);
    private final DigestGate gate = new DigestGate(
            "callclear.test",
            user -> user.equals("bob") ? Optional.of("builder") : Optional.empty(),
            Clock.systemUTC(),
            random,
            Duration.ofMinutes(1));
    private final Reception reception = new Reception(
            line,
            call -> {
                throw new AssertionError("a stranger's call was taken");
            },
            gate,
            Room.USUAL);
    private long passed;

    private long now() {
        return passed * TimeUnit.SECONDS.toNanos(1) / A_SECOND;
    }

    private void receive(String message) {
        passed++;
        receive(reception, STRANGER, message);
    }

    private static void receive(Reception by, Hop from, String message) {
        by.received(from, message.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String request(String method, int number) {
        return method + " sip:+4940123@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:40000;branch=z9hG4bK" + number
                + "\r\nMax-Forwards: 70\r\nFrom: <sip:+4930@127.0.0.1>;tag=f\r\nTo: <sip:+4940123@127.0.0.1>\r\nCall-ID: "
                + number + "\r\nCSeq: 1 " + method
                + "\r\nContact: <sip:a@127.0.0.1:40000>\r\nContent-Length: 0\r\n\r\n";
    }

    private void assertNothingKept() {
        SipCounters seen = line.tally.snapshot(line.transactions.open(), line.openCalls());
        assertThat(seen.openTransactions()).isZero();
        assertThat(seen.openCalls()).isZero();
        assertThat(loop.waiting).isZero();
        assertThat(strangers.remembered()).isEqualTo(1);
    }

    @Test
    void aMillionStrangersCallIdsLeaveNothing() {
        line.open(wire);
        int calls = 1_000_000;
        for (int i = 0; i < calls; i++) {
            receive(request("INVITE", i));
        }

        assertNothingKept();
        SipCounters seen = line.tally.snapshot(0, 0);
        assertThat(seen.messagesIn()).isEqualTo(calls);
        assertThat(seen.challenges() + seen.floods().shed()).isEqualTo(calls);
        // 200 seconds at the rate of one address, and what its bucket held at first
        assertThat(seen.challenges()).isBetween(100_900L, 101_001L);
        assertThat(wire.sent).isEqualTo(seen.challenges());
    }

    /** A proof that is none must be looked at, but nothing is made for an answer that will not be sent. */
    @Test
    void noNonceIsMadeForWhoIsNotAnswered() {
        line.open(wire);
        String proof = "Authorization: Digest username=\"alice\", realm=\"callclear.test\", nonce=\"bm90IG91cnM\", "
                + "uri=\"sip:+4940123@127.0.0.1\", qop=auth, nc=00000001, cnonce=\"c\", response=\"0\", algorithm=MD5\r\n";
        int drawnBefore = random.draws;
        int calls = 5_000;
        for (int i = 0; i < calls; i++) {
            receive(reception, STRANGER, request("INVITE", i).replace("Content-Length", proof + "Content-Length"));
        }

        assertThat(line.tally.challenges.sum())
                .isEqualTo(2L * Limits.USUAL.answers().perPeer());
        assertThat(line.tally.shed.sum()).isEqualTo(calls - line.tally.challenges.sum());
        assertThat(random.draws - drawnBefore).isEqualTo(2 * line.tally.challenges.sum()); // SHA-256 and MD5
    }

    @Test
    void whatIsNoCallAndWhatIsAtFaultLeaveNothingEither() {
        line.open(wire);
        int each = 100;
        for (int i = 0; i < each; i++) {
            receive(request("OPTIONS", i));
            receive(request("BYE", i));
            receive(request("CANCEL", i));
            receive(request("REGISTER", i));
            receive(request("INVITE", i).replace("Max-Forwards: 70", "Max-Forwards: 0"));
            receive(request("INVITE", i).replace("CSeq: 1", "CSeq: x"));
            receive(request("ACK", i));
        }

        assertNothingKept();
        assertThat(wire.sent).isEqualTo(6L * each);
        assertThat(line.tally.floods().stateless()).isEqualTo(6L * each);
    }

    /** As at the switch of the telephone network, which asks nobody who he is. */
    @Test
    void whereNoProofIsAskedOneAddressLeavesRoomForOthersAndForCallsUnderWay() {
        line.open(wire);
        List<IncomingCall> taken = new ArrayList<>();
        Reception open = new Reception(line, taken::add, null, new Room(100, 20));
        Hop other = new Hop(Dial.Transport.UDP, new InetSocketAddress("127.0.0.2", 40_000));
        for (int i = 0; i < 1_000; i++) {
            receive(open, STRANGER, request("INVITE", i));
        }
        assertThat(taken).hasSize(40);
        assertThat(wire.last).startsWith("SIP/2.0 503 ");
        assertThat(line.tally.busy.sum()).isEqualTo(960);

        receive(open, other, request("INVITE", 2_000));
        assertThat(taken).hasSize(41);
        receive(open, STRANGER, request("CANCEL", 0));
        assertThat(line.openCalls()).isEqualTo(40);
    }

    @Test
    void aCallForWhichThereIsNoRoomDoesNotUseItsProofUp() {
        line.open(wire);
        List<IncomingCall> taken = new ArrayList<>();
        Reception full = new Reception(line, taken::add, gate, new Room(20, 20));
        Reception free = new Reception(line, taken::add, gate, Room.USUAL);
        receive(free, STRANGER, request("INVITE", 1));
        String proof = Objects.requireNonNull(DigestAnswer.to(
                List.of(SipPeer.header(wire.last, "WWW-Authenticate")),
                new Credentials("bob", "builder"),
                "INVITE",
                "sip:+4940123@127.0.0.1",
                "c"));
        String invite =
                request("INVITE", 2).replace("Content-Length", "Authorization: " + proof + "\r\nContent-Length");
        receive(full, STRANGER, invite);
        assertThat(wire.last).startsWith("SIP/2.0 503 ");
        assertThat(taken).isEmpty();

        receive(free, STRANGER, invite);
        assertThat(taken).hasSize(1);
    }

    @Test
    void theAddressesOfOneIpv6NetworkHaveOneShareOfTheRoom() throws UnknownHostException {
        line.open(wire);
        List<IncomingCall> taken = new ArrayList<>();
        Reception open = new Reception(line, taken::add, null, new Room(100, 20));
        for (int i = 0; i < 1_000; i++) {
            receive(open, six("2001:db8::" + Integer.toHexString(i)), request("INVITE", i));
        }
        assertThat(taken).hasSize(40);

        receive(open, six("2001:db8:0:1::1"), request("INVITE", 2_000));
        assertThat(taken).hasSize(41);
    }

    private static Hop six(String address) throws UnknownHostException {
        return new Hop(Dial.Transport.UDP, new InetSocketAddress(InetAddress.getByName(address), 40_000));
    }

    /** As at a gateway, whose calls do not come by SIP. */
    @Test
    void whereNobodyTakesCallsAStrangersInviteIsForbiddenAndLeavesNothing() {
        line.open(wire);
        Reception closed = new Reception(line, null, null, Room.USUAL);
        int calls = 500;
        for (int i = 0; i < calls; i++) {
            receive(closed, STRANGER, request("INVITE", i));
            receive(closed, STRANGER, request("ACK", i));
        }

        assertNothingKept();
        assertThat(wire.sent).isEqualTo(calls);
        assertThat(wire.last).startsWith("SIP/2.0 403 ");
        assertThat(line.tally.floods().stateless()).isEqualTo(calls);
    }

    @Test
    void theSameRequestAgainIsAnsweredWithTheSameTag() {
        line.open(wire);
        receive(request("INVITE", 1));
        String first = SipPeer.header(wire.last, "To");
        receive(request("INVITE", 1));

        assertThat(SipPeer.header(wire.last, "To")).contains(";tag=").isEqualTo(first);
        receive(request("INVITE", 2));
        assertThat(SipPeer.header(wire.last, "To")).isNotEqualTo(first);
    }
}
