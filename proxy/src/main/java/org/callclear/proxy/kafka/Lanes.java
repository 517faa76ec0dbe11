package org.callclear.proxy.kafka;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One queue for each topic, worked off in order, each by one thread at a time. A send may block while the cluster
 * cannot be asked about a topic; then it blocks that topic's queue alone, and never the thread of a call.
 */
final class Lanes implements AutoCloseable {
    private static final int LONGEST = 50_000;

    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private final ExecutorService threads;

    Lanes(String name) {
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Adds work to a topic's queue; false when the queue is too long or the lanes are closed. */
    boolean add(String topic, Runnable work) {
        return lanes.computeIfAbsent(topic, t -> new Lane()).add(work);
    }

    /** Takes no more work; waits up to five seconds for what was added. */
    @Override
    public void close() {
        lanes.values().forEach(Lane::finish);
        threads.shutdown();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }

    private final class Lane {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private boolean running;
        private boolean finished;

        synchronized boolean add(Runnable work) {
            if (finished || waiting.size() >= LONGEST) {
                return false;
            }
            waiting.add(work);
            if (!running) {
                try {
                    threads.execute(this::run);
                } catch (RejectedExecutionException e) {
                    waiting.clear(); // Closed: the one that asks is told.
                    return false;
                }
                running = true;
            }
            return true;
        }

        synchronized void finish() {
            finished = true;
        }

        private void run() {
            for (Runnable work = next(); work != null; work = next()) {
                work.run();
            }
        }

        private synchronized @Nullable Runnable next() {
            Runnable work = waiting.poll();
            running = work != null;
            return work;
        }
    }
}
