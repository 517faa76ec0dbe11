package org.callclear.sip.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Credentials;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;
import org.callclear.sip.transaction.SipTimers;
import org.callclear.sip.transport.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller who is known goes on calling while others, at another address, flood the same agent. */
class FloodTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Nothing comes again within the test, so that what is counted is what was sent. */
    private static final SipTimers PATIENT =
            new SipTimers(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(5));

    private static final int CALLS = 60;
    private static final int A_SECOND = 20;
    private static final int SLOW = 200;

    /** Flooded requests that may be on their way: what the socket holds, so that none is lost where none can count it. */
    private static final int ON_THE_WAY = 100;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private SipUserAgent agent;
    private SipUserAgent phone;
    private InetAddress flooder;

    @BeforeEach
    void start() throws IOException {
        flooder = InetAddress.getByName("127.0.0.2");
        DigestRealm realm = new DigestRealm("callclear.test", user -> Optional.of("secret"));
        Limits limits = Limits.USUAL.with(new Limits.Messages(Duration.ofSeconds(1), 64 << 20));
        agent = SipUserAgent.start(
                SipSettings.of(AgentTest.FREE, "callclear-test", realm),
                new Answering(true),
                limits,
                Clock.systemUTC(),
                new SecureRandom());
        phone = SipUserAgent.start(new SipSettings(AgentTest.FREE, "phone", null, PATIENT), call -> {});
    }

    @AfterEach
    void stop() throws IOException {
        clock.shutdownNow();
        for (Socket socket : sockets) {
            socket.close();
        }
        phone.close();
        agent.close();
    }

    private void call(int number) {
        Dial dial = new Dial(
                agent.address(),
                number % 2 == 0 ? Dial.Transport.UDP : Dial.Transport.TCP,
                "+4930",
                "+4940",
                Answering.ANSWER,
                PATIENCE,
                new Credentials("alice", "secret"));
        OutgoingCall unused = phone.dial(dial, new OutgoingCall.Listener() {
            @Override
            public void progress(int status, Sdp sdp) {}

            @Override
            public void answered(Sdp sdp) {
                answered.incrementAndGet();
            }

            @Override
            public void failed(int status, Cause cause) {
                failed.incrementAndGet();
            }

            @Override
            public void ended(Cause cause) {}
        });
    }

    /** Calls at an even rate, and awaits their answers at the end. */
    private Runnable calling() {
        AtomicInteger placed = new AtomicInteger();
        Future<?> placing = clock.scheduleAtFixedRate(
                () -> {
                    if (placed.get() < CALLS) {
                        call(placed.getAndIncrement());
                    }
                },
                0,
                1_000 / A_SECOND,
                TimeUnit.MILLISECONDS);
        return () -> {
            await().atMost(PATIENCE).until(() -> answered.get() + failed.get() == CALLS);
            boolean unused = placing.cancel(false);
            assertThat(failed).hasValue(0);
        };
    }

    private Socket connection() throws IOException {
        Socket socket = new Socket(agent.address().getAddress(), agent.address().getPort(), flooder, 0);
        sockets.add(socket);
        return socket;
    }

    private static String request(String method, String branch, InetSocketAddress from, String more) {
        return method + " sip:+4940123@127.0.0.1 SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.2:" + from.getPort()
                + ";branch=z9hG4bK" + branch
                + "\nMax-Forwards: 70\nFrom: <sip:+4930@127.0.0.2>;tag=f1\nTo: <sip:+4940123@127.0.0.1>\nCall-ID: "
                + branch + "\nCSeq: 1 " + method + "\nContact: <sip:a@127.0.0.2>\n" + more + "Content-Length: 0\n\n";
    }

    private SipCounters.Floods floods() {
        return agent.counters().floods();
    }

    @Test
    void unauthenticatedInvitesLeaveKnownCallersTheirCalls() throws IOException {
        Runnable allAnswered = calling();
        int flooded = 0;
        int mostOpen = 0;
        long begun = System.nanoTime();
        try (SipPeer stranger = SipPeer.udp(flooder, agent.address())) {
            while (answered.get() < CALLS && System.nanoTime() - begun < PATIENCE.toNanos()) {
                stranger.send(request("INVITE", "flood" + flooded++, stranger.address(), ""));
                if (flooded % ON_THE_WAY == 0) {
                    int sent = flooded;
                    await().atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(1))
                            .until(() -> floods().stateless() + floods().shed() >= sent - ON_THE_WAY);
                    mostOpen = Math.max(mostOpen, agent.counters().openTransactions());
                }
            }
        }
        allAnswered.run();

        int sent = flooded + CALLS; // a known caller is challenged once a call
        await().atMost(PATIENCE).until(() -> floods().stateless() + floods().shed() == sent);
        assertThat(agent.counters().challenges()).isEqualTo(floods().stateless());
        assertThat(floods().shed()).isPositive();
        assertThat(mostOpen).isLessThanOrEqualTo(CALLS);
        assertThat(agent.counters().openCalls()).isEqualTo(CALLS);
    }

    @Test
    void slowConnectionsAreClosedAndCountedWhileCallsGoOn() throws IOException {
        Runnable allAnswered = calling();
        for (int i = 0; i < SLOW; i++) {
            Socket socket = connection();
            if (i % 2 == 0) { // the others say nothing at all
                socket.getOutputStream().write("INVITE sip:a@b SIP/2.0\r\nVia".getBytes(StandardCharsets.US_ASCII));
            }
        }
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            trickle();
            return floods().connectionsSlow() == SLOW;
        });
        allAnswered.run();

        for (Socket socket : sockets) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            assertThat(isClosed(socket)).isTrue();
        }
        assertThat(floods().connectionsSlow()).isEqualTo(SLOW); // and the phone's connection is none of them
    }

    /** A byte for each that is still there. */
    private void trickle() {
        for (int i = 0; i < SLOW; i += 2) {
            try {
                sockets.get(i).getOutputStream().write('a');
            } catch (IOException closed) {
                assertThat(sockets.get(i).isConnected()).isTrue();
            }
        }
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return !(reset instanceof java.net.SocketTimeoutException);
        }
    }

    @Test
    void headsOf64KibAreRefusedAndCountedWhileCallsGoOn() throws IOException {
        Runnable allAnswered = calling();
        int each = 20;
        String much = "Subject: " + "s".repeat(990) + "\n";
        for (int i = 0; i < each; i++) {
            int before = 2 * i;
            try (SipPeer stranger = SipPeer.udp(flooder, agent.address())) {
                stranger.send(request("INVITE", "udp" + i, stranger.address(), much.repeat(63)));
                stranger.expect("SIP/2.0 513 ");
            }
            try {
                Socket socket = connection();
                socket.getOutputStream()
                        .write(request("INVITE", "tcp" + i, agent.address(), much.repeat(65))
                                .replace("\n", "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closedBeforeAllWasSent) {
                assertThat(closedBeforeAllWasSent).isInstanceOf(java.net.SocketException.class);
            }
            await().atMost(PATIENCE).until(() -> floods().tooLarge() == before + 2);
        }
        allAnswered.run();

        assertThat(floods().tooLarge()).isEqualTo(2L * each);
        assertThat(agent.counters().malformed()).isEqualTo(2L * each);
    }

    @Test
    void oneAddressCannotTakeTheConnectionsOfOthers() throws IOException {
        agent.close();
        agent = SipUserAgent.start(
                SipSettings.of(AgentTest.FREE, "callclear-test", null),
                new Answering(true),
                Limits.USUAL.with(Limits.USUAL.connections().atMost(40, 40)),
                Clock.systemUTC(),
                new SecureRandom());
        for (int i = 0; i < 40; i++) {
            connection();
        }
        await().atMost(PATIENCE).until(() -> floods().connectionsRefused() == 20);

        call(1); // by TCP, from elsewhere
        await().atMost(PATIENCE).until(() -> answered.get() == 1);
    }

    @Test
    void unfinishedMessagesHoldNoMoreThanTheirShare() throws IOException {
        agent.close();
        agent = SipUserAgent.start(
                SipSettings.of(AgentTest.FREE, "callclear-test", null),
                new Answering(true),
                Limits.USUAL.with(new Limits.Messages(PATIENCE, 100_000)),
                Clock.systemUTC(),
                new SecureRandom());
        String begun = "INVITE sip:a@b SIP/2.0\r\nSubject: " + "s".repeat(20_000);
        for (int i = 0; i < 20; i++) {
            connection().getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
        }
        // Three of 20,033 bytes each are held; a fourth would leave less than it has itself.
        await().atMost(PATIENCE).until(() -> floods().connectionsGreedy() >= 17);

        call(1);
        await().atMost(PATIENCE).until(() -> answered.get() == 1);
    }
}
