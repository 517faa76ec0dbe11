package org.callclear.systemtests;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.callclear.sip.agent.SipSettings;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Credentials;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;

/** A phone that calls through the proxy with digest authentication. */
final class Phone implements AutoCloseable {
    static final Sdp OFFER = new Sdp(String.join(
            "\r\n",
            "v=0",
            "o=- 1 1 IN IP4 127.0.0.1",
            "s=-",
            "c=IN IP4 127.0.0.1",
            "t=0 0",
            "m=audio 40000 RTP/AVP 8",
            ""));

    private final SipUserAgent agent;
    private final InetSocketAddress proxy;

    Phone(InetSocketAddress proxy) {
        this.proxy = proxy;
        this.agent = SipUserAgent.start(
                SipSettings.of(WholeSystem.loopback(), "test phone", null), call -> call.refuse(486, Cause.BUSY, null));
    }

    /** A call and what became of it. */
    static final class Ringing implements OutgoingCall.Listener {
        /** Done with the SDP when answered, or failed with the status. */
        final CompletableFuture<Sdp> answer = new CompletableFuture<>();

        /** The final status: 200 when answered. */
        final CompletableFuture<Integer> status = new CompletableFuture<>();

        /** Done when the other end hung up. */
        final CompletableFuture<Cause> ended = new CompletableFuture<>();

        /** Done at the first provisional response above 100. */
        final CompletableFuture<Integer> progress = new CompletableFuture<>();

        private OutgoingCall call;

        @SuppressWarnings("NullAway.Init")
        Ringing() {}

        void hangUp() {
            call.hangUp(Cause.NORMAL);
        }

        @Override
        public void progress(int provisional, Sdp sdp) {
            progress.complete(provisional);
        }

        @Override
        public void answered(Sdp sdp) {
            answer.complete(sdp);
            status.complete(200);
        }

        @Override
        public void failed(int finalStatus, Cause cause) {
            status.complete(finalStatus);
        }

        @Override
        public void ended(Cause cause) {
            ended.complete(cause);
        }
    }

    /** Calls a number, which may be anything a user could dial. */
    Ringing call(String dialled) {
        Ringing ringing = new Ringing();
        ringing.call = agent.dial(
                new Dial(
                        proxy,
                        Dial.Transport.UDP,
                        WholeSystem.USER,
                        dialled,
                        OFFER,
                        Duration.ofSeconds(30),
                        new Credentials(WholeSystem.USER, WholeSystem.PASSWORD)),
                ringing);
        return ringing;
    }

    @Override
    public void close() {
        agent.close();
    }
}
