package org.callclear.gateways.pstn;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.IncomingCall;
import org.callclear.sip.call.IncomingCalls;
import org.callclear.sip.call.Sdp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subscribers: does with a call what its called number asks for. */
final class Exchange implements IncomingCalls {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final int RINGING = 180;
    private static final int SESSION_PROGRESS = 183;

    private final Pace pace;
    private final ScheduledExecutorService timers;
    private final Map<String, List<String>> byNumber = new HashMap<>();
    private final Set<String> up = ConcurrentHashMap.newKeySet();

    Exchange(Pace pace, ScheduledExecutorService timers) {
        this.pace = pace;
        this.timers = timers;
    }

    @Override
    public void invited(IncomingCall call) {
        note(digits(call.called()), call.sipCallId());
        call.listen(new Subscriber(call.sipCallId()));
        switch (Behaviour.of(call.called())) {
            case ANSWERS -> ringAndAnswer(call, RINGING, Sdp.NONE);
            case PROGRESSES_WITH_MEDIA -> ringAndAnswer(call, SESSION_PROGRESS, answerTo());
            case RINGS_OUT -> call.progress(RINGING, Sdp.NONE);
            case BUSY -> call.refuse(486, Cause.BUSY, null);
            case REFUSES -> call.refuse(603, Cause.REJECTED, null);
            case UNALLOCATED -> call.refuse(404, Cause.UNALLOCATED, null);
            case CONGESTED -> call.refuse(503, Cause.NO_CIRCUIT, null);
            case HANGS_UP -> {
                ringAndAnswer(call, RINGING, Sdp.NONE);
                after(pace.ringing().plus(pace.talking()), () -> {
                    up.remove(call.sipCallId());
                    call.hangUp(Cause.NORMAL);
                });
            }
        }
    }

    private void ringAndAnswer(IncomingCall call, int status, Sdp early) {
        call.progress(status, early);
        after(pace.ringing(), () -> call.answer(answerTo()));
    }

    private void after(Duration delay, Runnable what) {
        try {
            Future<?> unused = timers.schedule(
                    () -> {
                        try {
                            what.run();
                        } catch (RuntimeException e) {
                            LOG.error("a simulated subscriber failed", e);
                        }
                    },
                    delay.toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("a call came while the simulated network closed");
        }
    }

    private synchronized void note(String digits, String sipCallId) {
        byNumber.computeIfAbsent(digits, number -> new ArrayList<>()).add(sipCallId);
    }

    synchronized int calls() {
        return byNumber.values().stream().mapToInt(List::size).sum();
    }

    synchronized List<String> sipCallIdsTo(String digits) {
        return List.copyOf(byNumber.getOrDefault(digits, List.of()));
    }

    int callsUp() {
        return up.size();
    }

    private static String digits(String userPart) {
        return userPart.startsWith("+") ? userPart.substring(1) : userPart;
    }

    /** One audio stream of G.711 A-law on the loopback address: well-formed, though nobody listens there. */
    private static Sdp answerTo() {
        String text = String.join(
                "\r\n",
                "v=0",
                "o=pstn 1 1 IN IP4 127.0.0.1",
                "s=-",
                "c=IN IP4 127.0.0.1",
                "t=0 0",
                "m=audio 40000 RTP/AVP 8 0",
                "a=rtpmap:8 PCMA/8000",
                "a=rtpmap:0 PCMU/8000",
                "a=sendrecv",
                "");
        return Sdp.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Keeps the count of calls that are up. */
    private final class Subscriber implements IncomingCall.Listener {
        private final String sipCallId;

        Subscriber(String sipCallId) {
            this.sipCallId = sipCallId;
        }

        @Override
        public void cancelled() {
            up.remove(sipCallId);
        }

        @Override
        public void confirmed() {
            up.add(sipCallId);
        }

        @Override
        public void ended(Cause cause) {
            up.remove(sipCallId);
        }
    }
}
