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

    CompletableFuture<Void> run(Runnable task) {
        return runAfter(CompletableFuture.completedFuture(null), task);
    }

    /** Does a task when another has ended well; else neither it nor what is to come after it is done. */
    CompletableFuture<Void> runAfter(CompletableFuture<Void> other, Runnable task) {
        CompletableFuture<Void> run = other.thenRunAsync(task, threads);
        tasks.add(run);
        return run;
    }

    @Override
    public void close() {
        try {
            CompletableFuture.allOf(tasks.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        } finally {
            threads.shutdown();
        }
    }
}
