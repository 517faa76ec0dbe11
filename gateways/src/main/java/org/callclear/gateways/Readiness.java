package org.callclear.gateways;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/** Waits at the start for parts that may have much to read first. */
final class Readiness {
    private Readiness() {}

    /**
     * Waits until it is done, as long as there is progress.
     *
     * @param within how long it may take without progress
     * @param progress a number that changes with it
     * @throws TimeoutException when it is not done and for so long nothing has moved
     */
    static void await(CompletableFuture<Void> done, Duration within, LongSupplier progress)
            throws InterruptedException, ExecutionException, TimeoutException {
        long before = progress.getAsLong();
        while (true) {
            try {
                done.get(within.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                long now = progress.getAsLong();
                if (now == before) {
                    throw e;
                }
                before = now;
            }
        }
    }
}
