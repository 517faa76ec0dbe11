package org.callclear.bench.floods;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.callclear.sip.agent.SipUserAgent;
import org.callclear.sip.call.Cause;
import org.callclear.sip.call.Credentials;
import org.callclear.sip.call.Dial;
import org.callclear.sip.call.OutgoingCall;
import org.callclear.sip.call.Sdp;

/** Calls of one known caller at an even rate, each hung up by the other end's answer, and how long each waited. */
final class KnownCalls {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SipUserAgent phone;
    private final InetSocketAddress peer;
    private final Queue<Long> waits = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failed = new AtomicInteger();
    private final CountDownLatch open;
    private final int calls;

    KnownCalls(SipUserAgent phone, InetSocketAddress peer, int calls) {
        this.phone = phone;
        this.peer = peer;
        this.calls = calls;
        this.open = new CountDownLatch(calls);
    }

    /** Hears of one call. */
    private final class Heard implements OutgoingCall.Listener {
        private final long begun = System.nanoTime();
        private boolean first = true;

        private void rang() {
            if (first) {
                first = false;
                waits.add(System.nanoTime() - begun);
            }
        }

        @Override
        public void progress(int status, Sdp sdp) {
            rang();
        }

        @Override
        public void answered(Sdp sdp) {
            rang();
        }

        @Override
        public void failed(int status, Cause cause) {
            failed.incrementAndGet();
            open.countDown();
        }

        @Override
        public void ended(Cause cause) {
            open.countDown();
        }
    }

    /** Places them all, and waits until all have ended or patience has. */
    void place(int rate) throws InterruptedException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            AtomicInteger placed = new AtomicInteger();
            Future<?> placing = clock.scheduleAtFixedRate(
                    () -> {
                        if (placed.getAndIncrement() < calls) {
                            dial();
                        }
                    },
                    0,
                    TimeUnit.SECONDS.toNanos(1) / rate,
                    TimeUnit.NANOSECONDS);
            boolean unused = open.await(PATIENCE.toSeconds() + calls / rate, TimeUnit.SECONDS);
            unused = placing.cancel(false);
        } finally {
            clock.shutdownNow();
        }
    }

    private void dial() {
        Dial dial = new Dial(
                peer, Dial.Transport.UDP, "+4930", "+4940", Sdp.NONE, PATIENCE, new Credentials("alice", "secret"));
        OutgoingCall unused = phone.dial(dial, new Heard());
    }

    int failed() {
        return failed.get();
    }

    /** From the first INVITE to the first 180 or 200, the challenge between them included; ascending. */
    long[] waitsNanos() {
        return waits.stream().mapToLong(Long::longValue).sorted().toArray();
    }
}
