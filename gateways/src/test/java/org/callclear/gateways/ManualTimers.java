package org.callclear.gateways;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.callclear.gateways.switching.Timers;

/** Timers that go off when a test moves the clock. */
public final class ManualTimers implements Timers {
    private final TestClock clock;
    private final List<Due> due = new ArrayList<>();

    ManualTimers(TestClock clock) {
        this.clock = clock;
    }

    private record Due(Instant at, Runnable what) {}

    @Override
    public Timer after(Duration delay, Runnable what) {
        Due entry = new Due(clock.instant().plus(delay), what);
        due.add(entry);
        return () -> due.remove(entry);
    }

    /** How many are armed. */
    public int armed() {
        return due.size();
    }

    void goOff() {
        List<Due> now =
                due.stream().filter(d -> !d.at().isAfter(clock.instant())).toList();
        due.removeAll(now);
        now.forEach(d -> d.what().run());
    }
}
