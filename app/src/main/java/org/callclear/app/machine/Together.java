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
    private final List<Task> tasks = new ArrayList<>();

    /** One of the things to do. */
    record Task(CompletableFuture<Void> done) {}

    /** Does a task when others have ended well; if one of them fails, neither it nor what is to come after it is done. */
    Task run(Runnable task, Task... others) {
        Task run = new Task(allOf(List.of(others)).thenRunAsync(task, threads));
        tasks.add(run);
        return run;
    }

    private static CompletableFuture<Void> allOf(List<Task> tasks) {
        return CompletableFuture.allOf(tasks.stream().map(Task::done).toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        try {
            allOf(tasks).join();
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
