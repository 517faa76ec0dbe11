package org.callclear.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.callclear.schemas.call.CallId;

/** A few threads; each call has its own one, so that what happens to a call happens in order. */
final class Workers implements Function<CallId, Executor>, AutoCloseable {
    private final List<ExecutorService> threads = new ArrayList<>();

    Workers(String name, int count) {
        for (int i = 1; i <= count; i++) {
            String thread = name + "-" + i;
            threads.add(Executors.newSingleThreadExecutor(task -> {
                Thread made = new Thread(task, thread);
                made.setDaemon(true);
                return made;
            }));
        }
    }

    @Override
    public Executor apply(CallId call) {
        return threads.get(Math.floorMod(call.hashCode(), threads.size()));
    }

    /** Takes no more work; waits up to five seconds for what there is. */
    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdown);
        try {
            for (ExecutorService thread : threads) {
                thread.awaitTermination(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
