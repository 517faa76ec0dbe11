package org.callclear.proxy;

import java.time.Duration;

/** Runs something later. */
@FunctionalInterface
interface Timers {
    /**
     * Runs a task once after the time has passed. The task must not block.
     *
     * @return stops it, unless it has begun
     */
    Runnable after(Duration time, Runnable task);
}
