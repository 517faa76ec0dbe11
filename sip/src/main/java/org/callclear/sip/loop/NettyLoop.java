package org.callclear.sip.loop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * A loop on a Netty event loop, where the sockets live too.
 *
 * @param events the event loop
 */
public record NettyLoop(EventLoop events) implements Loop {
    @Override
    public void execute(Runnable task) {
        try {
            events.execute(task);
        } catch (RejectedExecutionException ended) {
            // The user agent was closed: by contract nothing happens any more.
            return;
        }
    }

    @Override
    public Pending after(Duration delay, Runnable task) {
        if (events.isShuttingDown()) {
            return () -> {};
        }
        ScheduledFuture<?> future = events.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> {
            boolean unused = future.cancel(false);
        };
    }
}
