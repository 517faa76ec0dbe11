package org.callclear.systemtests;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Calls a new number again and again: the first is answered and hung up by the caller, every fourth finds all circuits
 * busy at each gateway, so that the proxy tries them all with a token each.
 */
final class SteadyCaller implements AutoCloseable {
    private static final int BUSY_EACH = 4;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Phone phone;
    private final List<Made> made = new CopyOnWriteArrayList<>();

    /**
     * A call that was made.
     *
     * @param hunts whether it goes through all gateways and ends with 503
     */
    record Made(String number, boolean hunts, CompletableFuture<Integer> status) {
        int expected() {
            return hunts ? 503 : 200;
        }
    }

    SteadyCaller(Phone phone, int callsPerSecond) {
        this.phone = phone;
        var unused = clock.scheduleAtFixedRate(this::call, 0, 1_000_000_000L / callsPerSecond, TimeUnit.NANOSECONDS);
    }

    private void call() {
        int number = made.size();
        boolean hunts = number % BUSY_EACH == BUSY_EACH - 1;
        String dialled = "4930777%06d%s".formatted(number, hunts ? "95" : "00");
        Phone.Ringing ringing = phone.call(dialled);
        made.add(new Made(dialled, hunts, ringing.status));
        var unused = ringing.status.thenAccept(status -> {
            if (status == 200) {
                ringing.hangUp();
            }
        });
    }

    /** How many calls have been made and are decided. */
    long decided() {
        return made.stream().filter(one -> one.status().isDone()).count();
    }

    /** Makes no more calls; gives all that were made. */
    List<Made> stop() throws InterruptedException {
        clock.shutdown();
        if (!clock.awaitTermination(10, TimeUnit.SECONDS)) {
            throw new AssertionError("a call is still being made");
        }
        return List.copyOf(made);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
