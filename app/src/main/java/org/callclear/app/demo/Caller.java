package org.callclear.app.demo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.callclear.sip.agent.SipSettings;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Credentials;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;
import org.jspecify.annotations.Nullable;

/** A phone that places the planned calls, some at a time, and hangs up when it has talked enough. */
final class Caller implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration SHORT_PATIENCE = Duration.ofMillis(1500);
    private static final Duration HUNG = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final Sdp OFFER = new Sdp(String.join(
            "\r\n",
            "v=0",
            "o=demo 1 1 IN IP4 127.0.0.1",
            "s=-",
            "c=IN IP4 127.0.0.1",
            "t=0 0",
            "m=audio 41000 RTP/AVP 8 0",
            ""));

    private final InetSocketAddress proxy;
    private final Credentials credentials;
    private final SipUserAgent agent;
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("demo-caller").factory());

    Caller(InetSocketAddress proxy, Credentials credentials) {
        this.proxy = proxy;
        this.credentials = credentials;
        this.agent = SipUserAgent.start(
                SipSettings.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "Callclear demo phone", null),
                call -> call.refuse(486, Cause.BUSY, null));
    }

    /**
     * What became of a call.
     *
     * @param status the final SIP status: 200 when it was answered
     */
    record Result(PlannedCall planned, int status) {
        boolean answered() {
            return status == OK;
        }
    }

    /** Places all calls, waits for the end of each. */
    List<Result> call(List<PlannedCall> plan, Runnable oneEnded) {
        Semaphore lines = new Semaphore(AT_ONCE);
        List<CompletableFuture<Result>> results = new ArrayList<>();
        for (PlannedCall planned : plan) {
            lines.acquireUninterruptibly();
            CompletableFuture<Result> result = place(planned);
            results.add(result.whenComplete((ended, failure) -> {
                lines.release();
                oneEnded.run();
            }));
        }
        return results.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<Result> place(PlannedCall planned) {
        Duration patience = planned.ending() == PlannedCall.Ending.RINGS_OUT ? SHORT_PATIENCE : PATIENCE;
        Conversation conversation = new Conversation(planned);
        conversation.begin(agent.dial(
                new Dial(
                        proxy,
                        Dial.Transport.UDP,
                        credentials.username(),
                        "+" + planned.called().digits(),
                        OFFER,
                        patience,
                        credentials),
                conversation));
        return conversation.result.completeOnTimeout(new Result(planned, 0), HUNG.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        agent.close();
        timers.shutdownNow();
    }

    /** One call, until its end. */
    private final class Conversation implements OutgoingCall.Listener {
        private final PlannedCall planned;
        private final CompletableFuture<Result> result = new CompletableFuture<>();
        private final CompletableFuture<OutgoingCall> call = new CompletableFuture<>();

        Conversation(PlannedCall planned) {
            this.planned = planned;
        }

        void begin(OutgoingCall begun) {
            call.complete(begun);
        }

        @Override
        public void progress(int status, Sdp sdp) {}

        @Override
        public void answered(Sdp sdp) {
            Future<?> unused = timers.schedule(this::hangUp, planned.talk().toMillis(), TimeUnit.MILLISECONDS);
        }

        private void hangUp() {
            @Nullable OutgoingCall up = call.getNow(null);
            if (up != null) {
                up.hangUp(Cause.NORMAL);
            }
            result.complete(new Result(planned, OK));
        }

        @Override
        public void failed(int status, Cause cause) {
            result.complete(new Result(planned, status));
        }

        @Override
        public void ended(Cause cause) {
            result.complete(new Result(planned, OK));
        }
    }
}
