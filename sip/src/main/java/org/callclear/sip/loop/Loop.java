package org.callclear.sip.loop;

import java.time.Duration;

/** The one thread on which all of a user agent happens. */
public interface Loop {
    /** Runs a task soon, after those already asked for; drops it once the loop has ended. From any thread. */
    void execute(Runnable task);

    /** Runs a task later. On the loop only. */
    Pending after(Duration delay, Runnable task);

    /** A task that waits for its time. */
    interface Pending {
        /** Forgets it, if it has not run. */
        void cancel();
    }
}
