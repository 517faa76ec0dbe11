package org.callclear.app.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does several things at once; closing waits for all of them and throws what the first to fail threw. */
final class Together implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("starter-", 1).factory());
    private final List<CompletableFuture<Void>> tasks = new ArrayList<>();

    void run(Runnable task) {
        tasks.add(CompletableFuture.runAsync(task, threads));
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            CompletableFuture.allOf(tasks.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        }
    }
}
