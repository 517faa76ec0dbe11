package org.callclear.gateways.switching;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers on one thread. */
public final class ScheduledTimers implements Timers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScheduledTimers.class);

    private final ScheduledThreadPoolExecutor thread;

    /** @param name of the thread */
    public ScheduledTimers(String name) {
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name(name).factory());
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Timer after(Duration delay, Runnable what) {
        if (thread.isShutdown()) {
            return () -> {};
        }
        Future<?> task = thread.schedule(() -> run(what), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> task.cancel(false);
    }

    private static void run(Runnable what) {
        try {
            what.run();
        } catch (RuntimeException e) {
            LOG.error("a timer's work failed", e);
        }
    }

    /** Nothing runs any more but what is running. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
