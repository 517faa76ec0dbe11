package org.callclear.gateways.switching;

import java.time.Duration;

/** Wakes others later. What it runs must not block. */
public interface Timers {
    /** Runs something once, after a delay; at once when the delay is not positive. */
    Timer after(Duration delay, Runnable what);

    /** Something that is to run. */
    interface Timer {
        /** It shall not run any more; does nothing when it has. */
        void cancel();
    }
}
