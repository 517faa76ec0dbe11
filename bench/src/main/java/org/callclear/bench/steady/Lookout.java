package org.callclear.bench.steady;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks again and again, beside what goes on, until it is closed. */
final class Lookout implements AutoCloseable {
    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private final AtomicInteger missed = new AtomicInteger();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "lookout"));
    private final Watched watched;

    @SuppressWarnings("FutureReturnValueIgnored") // it looks until it is closed
    Lookout(Watched watched, Duration each) {
        this.watched = watched;
        thread.scheduleAtFixedRate(this::look, each.toMillis(), each.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            looks.add(watched.look());
        } catch (IOException | RuntimeException e) {
            missed.incrementAndGet();
            System.err.println("bench: not seen: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was seen so far, in order. */
    List<Look> looks() {
        return List.copyOf(looks);
    }

    /** How often nothing could be seen. */
    int missed() {
        return missed.get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
