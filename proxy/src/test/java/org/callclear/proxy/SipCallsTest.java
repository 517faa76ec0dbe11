package org.callclear.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.callclear.proxy.call.AttemptReport;
import org.callclear.proxy.journal.CallJournal;
import org.callclear.sip.agent.SipSettings;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Credentials;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real SIP over loopback; the clearinghouse and the gateways are in memory. */
final class SipCallsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Credentials ALICE = new Credentials("alice", "wonder");
    private static final InetSocketAddress FREE_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final SipUserAgent phone =
            SipUserAgent.start(SipSettings.of(FREE_PORT, "phone", null), call -> call.refuse(486, Cause.BUSY, null));

    @TempDir
    private Path directory = Path.of("unset");

    @AfterEach
    void closeAll() throws Exception {
        phone.close();
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dial.Transport.class,
            names = {"UDP", "TCP"}) // TLS needs an identity: CallersTlsTest
    void aPhoneCallsAndHangsUp(Dial.Transport transport) throws IOException {
        FakeExchange exchange = new FakeExchange(FakeExchange.failing(503), FakeExchange.answering());
        InetSocketAddress proxy = proxy(exchange);

        Ear ear = new Ear();
        OutgoingCall call = phone.dial(dial(proxy, transport, ALICE), ear);
        await().atMost(PATIENCE).until(() -> ear.heard.contains("answered v=0 answer"));
        call.hangUp(Cause.NORMAL);

        await().atMost(PATIENCE).until(() -> exchange.reports.size() == 2);
        assertThat(ear.heard).startsWith("180");
        assertThat(exchange.reports).extracting(AttemptReport::status).containsExactly(503, 200);
        await().atMost(PATIENCE).until(() -> exchange.said.contains("release gw-2 by CALLER"));
    }

    @Test
    void aCancelDuringRingingReachesTheGateway() throws IOException {
        FakeExchange exchange = new FakeExchange(FakeExchange.ringing());
        InetSocketAddress proxy = proxy(exchange);

        Ear ear = new Ear();
        OutgoingCall call = phone.dial(dial(proxy, Dial.Transport.UDP, ALICE), ear);
        await().atMost(PATIENCE).until(() -> ear.heard.contains("180"));
        call.hangUp(Cause.NORMAL);

        await().atMost(PATIENCE).until(() -> exchange.said.contains("cancel gw-1"));
        await().atMost(PATIENCE).until(() -> ear.heard.contains("failed 487"));
        assertThat(exchange.reports).extracting(AttemptReport::status).containsExactly(487);
    }

    @Test
    void aWrongPasswordNeverReachesTheClearinghouse() throws IOException {
        FakeExchange exchange = new FakeExchange(FakeExchange.answering());
        InetSocketAddress proxy = proxy(exchange);

        Ear ear = new Ear();
        OutgoingCall call = phone.dial(dial(proxy, Dial.Transport.UDP, new Credentials("alice", "rabbit")), ear);
        await().atMost(PATIENCE).until(() -> !ear.heard.isEmpty());

        assertThat(call.sipCallId()).isNotEmpty();
        assertThat(ear.heard).singleElement().asString().startsWith("failed 4");
        assertThat(exchange.said).isEmpty();
    }

    @Test
    void twentyCallsAtOnceAreAllAnsweredAndReported() throws IOException {
        FakeExchange exchange = new FakeExchange(FakeExchange.answering());
        InetSocketAddress proxy = proxy(exchange);

        List<Ear> ears = new ArrayList<>();
        List<OutgoingCall> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Ear ear = new Ear();
            ears.add(ear);
            calls.add(phone.dial(dial(proxy, Dial.Transport.UDP, ALICE), ear));
        }
        await().atMost(PATIENCE).until(() -> ears.stream().allMatch(ear -> ear.heard.contains("answered v=0 answer")));
        calls.forEach(call -> call.hangUp(Cause.NORMAL));

        await().atMost(PATIENCE).until(() -> exchange.reports.size() == 20);
        assertThat(exchange.reports).allMatch(report -> report.status() == 200);
        assertThat(exchange.asked).extracting(call -> call.id()).doesNotHaveDuplicates();
    }

    @Test
    void aPortInUseIsRefusedAtTheStart() throws IOException {
        InetSocketAddress taken = proxy(new FakeExchange());

        assertThatException()
                .isThrownBy(() -> SipEdge.ofUserAgent(
                        taken, null, "acme.example", Board.subscribers(directory)::password, call -> {}))
                .withMessageContaining(Integer.toString(taken.getPort()));
    }

    private InetSocketAddress proxy(FakeExchange exchange) throws IOException {
        CallCounters counters = new CallCounters();
        CallJournal journal = CallJournal.open(directory.resolve("data"));
        opened.add(journal);
        Reports reports = new Reports(journal, exchange, counters);
        ScheduledTimers timers = new ScheduledTimers("test-timers");
        opened.add(timers);
        Workers workers = new Workers("test-calls", 2);
        opened.add(workers);
        Switchboard switchboard = new Switchboard(
                new Switchboard.Tools(
                        Board.subscribers(directory),
                        exchange,
                        journal,
                        workers,
                        timers,
                        Clock.systemUTC(),
                        new Random(5),
                        Board.POLICY,
                        100),
                reports,
                counters);
        exchange.hearing = switchboard::heard;
        SipEdge.Bound bound = SipEdge.ofUserAgent(
                FREE_PORT, null, "acme.example", Board.subscribers(directory)::password, switchboard);
        opened.add(bound.stop()::run);
        return bound.address();
    }

    private static Dial dial(InetSocketAddress proxy, Dial.Transport transport, Credentials credentials) {
        return new Dial(
                proxy, transport, "alice", "+442079460001", new Sdp("v=0 offer"), Duration.ofSeconds(60), credentials);
    }

    /** What a phone hears of its call. */
    private static final class Ear implements OutgoingCall.Listener {
        final List<String> heard = new CopyOnWriteArrayList<>();

        @Override
        public void progress(int status, Sdp sdp) {
            heard.add(Integer.toString(status));
        }

        @Override
        public void answered(Sdp sdp) {
            heard.add("answered " + sdp.text());
        }

        @Override
        public void failed(int status, Cause cause) {
            heard.add("failed " + status);
        }

        @Override
        public void ended(Cause cause) {
            heard.add("ended");
        }
    }
}
