package org.callclear.sip.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls with sipp, a peer that others wrote. */
class SippTest {
    private static final Logger LOG = LoggerFactory.getLogger(SippTest.class);
    private static final Path SIPP = Path.of("/usr/bin/sipp");
    private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final int PLACED = 60;

    @TempDir
    Path folder;

    @BeforeEach
    void needsSipp() {
        if (!Files.isExecutable(SIPP)) {
            LOG.warn(
                    "NOT TESTED: {} is not installed (Debian: sip-tester); calls with a foreign peer are skipped",
                    SIPP);
        }
        assumeTrue(Files.isExecutable(SIPP));
    }

    @ParameterizedTest
    @CsvSource({"u1,100,20", "t1,100,20", "u1,900,300", "t1,900,300"})
    void callsOfSippAreAnsweredAndHungUp(String transport, int calls, int rate) throws Exception {
        Answering answering = new Answering(true);
        try (SipUserAgent agent = SipUserAgent.start(SipSettings.of(FREE, "callclear-test", null), answering)) {
            int exit =
                    sipp(agent.address(), transport, 30, "-sn", "uac", "-d", "100", "-m", "" + calls, "-r", "" + rate);

            assertThat(exit).isZero();
            await().until(() -> answering.heard.size() == 2 * calls);
            assertThat(answering.heard).containsOnly("confirmed", "ended 16");
            LOG.info("sipp {} {}/s: {}", transport, rate, agent.counters());
        }
    }

    @ParameterizedTest
    @CsvSource({"right,100,true", "wrong,5,false"}) // who is refused too often is not answered any more
    void sippIsAskedForItsPassword(String password, int calls, boolean right) throws Exception {
        Answering answering = new Answering(true);
        DigestRealm realm = new DigestRealm(
                "callclear.test", user -> user.equals("alice") ? Optional.of("right") : Optional.empty());
        Path scenario = folder.resolve("digest.xml");
        try (var in = SippTest.class.getResourceAsStream("/sipp/uac-digest.xml")) {
            Files.copy(Objects.requireNonNull(in), scenario);
        }
        try (SipUserAgent agent = SipUserAgent.start(SipSettings.of(FREE, "callclear-test", realm), answering)) {
            int exit = sipp(
                    agent.address(),
                    "u1",
                    right ? 30 : 8, // it goes on asking when it is refused, until its time is up
                    "-sf",
                    scenario.toString(),
                    "-au",
                    "alice",
                    "-ap",
                    password,
                    "-m",
                    "" + calls,
                    "-r",
                    "" + calls);

            assertThat(exit == 0).isEqualTo(right);
            assertThat(answering.calls).hasSize(right ? calls : 0).allMatch(call -> "alice".equals(call.user()));
        }
    }

    @ParameterizedTest
    @CsvSource({"UDP,u1", "TCP,t1"})
    void sippAnswersOurCalls(Dial.Transport transport, String sippTransport) throws Exception {
        int port = freePort();
        Process sipp = start(List.of("-sn", "uas", "-p", "" + port, "-t", sippTransport, "-m", "" + PLACED));
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        await().until(() -> isListening(peer, transport));
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        try (SipUserAgent agent = SipUserAgent.start(SipSettings.of(FREE, "callclear-test", null), call -> {})) {
            for (int i = 0; i < PLACED; i++) {
                // In one burst sipp falls behind and repeats a 200 that was on its way; it then counts the second ACK,
                // which
                // RFC 3261 (13.2.2.4) asks of us, as an error of the call, for the BYE has come in between.
                await().until(() -> agent.counters().openCalls() < 20);
                HangsUpWhenAnswered listener = new HangsUpWhenAnswered(answered, failed);
                listener.call.complete(agent.dial(
                        new Dial(peer, transport, "+4930123", "+4940123", Answering.ANSWER, Duration.ofSeconds(20)),
                        listener));
            }

            await().atMost(Duration.ofSeconds(20)).until(() -> answered.get() + failed.get() == PLACED);
            assertThat(failed).hasValue(0);
            assertThat(sipp.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(sipp.exitValue()).isZero();
            await().until(() -> agent.counters().openCalls() == 0);
            LOG.info("sipp as UAS over {}: {}", transport, agent.counters());
        } finally {
            sipp.destroy();
        }
    }

    /** Ends the call as soon as it is up. */
    private static final class HangsUpWhenAnswered implements OutgoingCall.Listener {
        private final AtomicInteger answered;
        private final AtomicInteger failures;
        /** The answer may be there before whoever dialled has the call. */
        private final CompletableFuture<OutgoingCall> call = new CompletableFuture<>();

        HangsUpWhenAnswered(AtomicInteger answered, AtomicInteger failures) {
            this.answered = answered;
            this.failures = failures;
        }

        @Override
        public void progress(int status, Sdp sdp) {}

        @Override
        public void answered(Sdp sdp) {
            answered.incrementAndGet();
            var unused = call.thenAccept(answer -> answer.hangUp(Cause.NORMAL));
        }

        @Override
        public void failed(int status, Cause cause) {
            failures.incrementAndGet();
        }

        @Override
        public void ended(Cause cause) {
            failures.incrementAndGet();
        }
    }

    private int sipp(InetSocketAddress target, String transport, int seconds, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of("-t", transport, "-timeout", "" + seconds, "-timeout_error"));
        arguments.add(target.getAddress().getHostAddress() + ":" + target.getPort());
        Process process = start(arguments);
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroy();
        }
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(SIPP.toString()));
        command.addAll(arguments);
        command.addAll(List.of("-i", "127.0.0.1", "-nostdin", "-trace_err"));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sipp.out").toFile())
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isListening(InetSocketAddress peer, Dial.Transport transport) {
        try {
            String table = Files.readString(Path.of("/proc/net/" + (transport == Dial.Transport.UDP ? "udp" : "tcp")));
            return table.contains(String.format(":%04X ", peer.getPort()));
        } catch (IOException e) {
            return false;
        }
    }
}
