package org.callclear.proxy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that stands until it is moved, and the timers that go by it. */
final class FakeTimers extends Clock implements Timers {
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingInt(Due::number));
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private int number;

    private record Due(Instant at, int number, Runnable task) {}

    @Override
    public synchronized Runnable after(Duration time, Runnable task) {
        Due entry = new Due(now.plus(time), number++, task);
        due.add(entry);
        return () -> stop(entry);
    }

    /** Lets time pass; what is due is run at its instant, in order. */
    void pass(Duration time) {
        Instant until = now.plus(time);
        for (Due next = due.peek(); next != null && !next.at().isAfter(until); next = due.peek()) {
            due.poll();
            now = next.at();
            next.task().run();
        }
        now = until;
    }

    synchronized int armed() {
        return due.size();
    }

    private synchronized void stop(Due entry) {
        due.remove(entry);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
