package org.callclear.sip.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.callclear.sip.message.Headers;
import org.callclear.sip.message.SipRequest;
import org.callclear.sip.message.SipResponse;
import org.junit.jupiter.api.Test;

/** The four machines, step by step, with no clock and no socket. */
class TransactionTest {
    private static final SipTimers TIMERS = SipTimers.RFC_3261;
    private static final SipRequest INVITE = request("INVITE");
    private static final SipRequest ACK = request("ACK");
    private static final SipRequest BYE = request("BYE");

    private static SipRequest request(String method) {
        Headers headers = Headers.NONE
                .with("Via", "SIP/2.0/UDP 127.0.0.1;branch=z9hG4bK1")
                .with("From", "<sip:a@127.0.0.1>;tag=1")
                .with("To", "<sip:b@127.0.0.1>")
                .with("Call-ID", "1")
                .with("CSeq", "1 " + method);
        return SipRequest.of(method, "sip:b@127.0.0.1", headers, "");
    }

    private static SipResponse response(SipRequest request, int status) {
        return SipResponse.to(request, status, "", "t", Headers.NONE, "");
    }

    /** What the machine asks for at each event, a line each. */
    private static List<String> run(Transaction first, Event... events) {
        List<String> lines = new ArrayList<>();
        Transaction now = first;
        for (Event event : events) {
            Step step = now.step(event);
            now = step.next();
            lines.add(String.join(
                    " ", step.actions().stream().map(TransactionTest::say).toList()));
        }
        lines.add(now.isOver() ? "over" : "open");
        return lines;
    }

    private static String say(Action action) {
        return switch (action) {
            case Action.Send send ->
                send.message() instanceof SipResponse response
                        ? "send" + response.status()
                        : "send" + ((SipRequest) send.message()).method();
            case Action.SendPacked send -> "send" + send.response().status();
            case Action.Start start -> start.timer() + "=" + start.after().toMillis();
            case Action.Stop stop -> "no" + stop.timer();
            case Action.Tell tell -> "tell" + tell.notice().getClass().getSimpleName();
        };
    }

    private static Event got(SipRequest request) {
        return new Event.Received(request);
    }

    private static Event got(SipRequest request, int status) {
        return new Event.Received(response(request, status));
    }

    private static Event say(SipRequest request, int status) {
        return new Event.Respond(response(request, status));
    }

    private static Event fired(Timer timer) {
        return new Event.Fired(timer);
    }

    @Test
    void anInviteServerResendsItsRefusalUntilTheAck() {
        assertThat(run(
                        InviteServer.begin(false, TIMERS),
                        got(INVITE),
                        say(INVITE, 100),
                        got(INVITE),
                        say(INVITE, 486),
                        fired(Timer.G),
                        fired(Timer.G),
                        got(INVITE),
                        got(ACK),
                        fired(Timer.G),
                        fired(Timer.I)))
                .containsExactly(
                        "",
                        "send100",
                        "send100",
                        "send486 H=32000 G=500",
                        "send486 G=1000",
                        "send486 G=2000",
                        "send486",
                        "noG noH I=5000",
                        "",
                        "",
                        "over");
    }

    @Test
    void anInviteServerAbsorbsTheInviteAfterASuccess() {
        assertThat(run(
                        InviteServer.begin(false, TIMERS),
                        say(INVITE, 200),
                        got(INVITE),
                        say(INVITE, 200),
                        got(ACK),
                        fired(Timer.L)))
                .containsExactly("send200 L=32000", "", "send200", "tellAcknowledged", "", "over");
    }

    @Test
    void anInviteServerGivesUpWaitingForTheAck() {
        assertThat(run(InviteServer.begin(true, TIMERS), say(INVITE, 486), fired(Timer.H)))
                .containsExactly("send486 H=32000", "noG tellTimedOut", "over");
    }

    @Test
    void anInviteClientResendsDoublesAndTimesOut() {
        Step first = InviteClient.begin(INVITE, false, TIMERS);
        assertThat(first.actions().stream().map(TransactionTest::say))
                .containsExactly("B=32000", "A=500", "sendINVITE");
        assertThat(run(first.next(), fired(Timer.A), fired(Timer.A), fired(Timer.B)))
                .containsExactly("sendINVITE A=1000", "sendINVITE A=2000", "noA noB tellTimedOut", "over");
    }

    @Test
    void anInviteClientAcknowledgesEachRefusal() {
        assertThat(run(
                        InviteClient.begin(INVITE, false, TIMERS).next(),
                        got(INVITE, 180),
                        fired(Timer.B),
                        got(INVITE, 486),
                        got(INVITE, 486),
                        got(INVITE, 180),
                        fired(Timer.D)))
                .containsExactly(
                        "noA noB tellAnswered", "", "noA noB sendACK D=32000 tellAnswered", "sendACK", "", "", "over");
    }

    @Test
    void anInviteClientHandsOnEverySuccess() {
        assertThat(run(
                        InviteClient.begin(INVITE, true, TIMERS).next(),
                        got(INVITE, 200),
                        got(INVITE, 200),
                        got(INVITE, 486),
                        fired(Timer.M)))
                .containsExactly("noA noB M=32000 tellAnswered", "tellAnswered", "", "", "over");
    }

    @Test
    void aPlainClientResendsEveryT2OnceProvisional() {
        assertThat(run(
                        PlainClient.begin(BYE, false, TIMERS).next(),
                        fired(Timer.E),
                        got(BYE, 100),
                        fired(Timer.E),
                        got(BYE, 200),
                        got(BYE, 200),
                        fired(Timer.K)))
                .containsExactly(
                        "sendBYE E=1000",
                        "tellAnswered",
                        "sendBYE E=4000",
                        "noE noF K=5000 tellAnswered",
                        "",
                        "",
                        "over");
    }

    @Test
    void aPlainServerAnswersTheSameAgain() {
        assertThat(run(
                        PlainServer.begin(false, TIMERS),
                        got(BYE),
                        say(BYE, 200),
                        say(BYE, 500),
                        got(BYE),
                        fired(Timer.J),
                        got(BYE)))
                .containsExactly("", "send200 J=32000", "", "send200", "", "", "over");
    }

    @Test
    void aLostTransportIsToldOnce() {
        assertThat(run(PlainClient.begin(BYE, true, TIMERS).next(), new Event.SendFailed(), new Event.SendFailed()))
                .containsExactly("noE noF tellTransportLost", "", "over");
    }

    @Test
    void resendsNeverPauseLongerThanT2() {
        assertThat(TIMERS.longer(Duration.ofSeconds(3))).isEqualTo(TIMERS.t2());
    }
}
