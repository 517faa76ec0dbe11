package org.callclear.bench.harness;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for what other processes do. */
public final class Wait {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private Wait() {}

    /**
     * Looks again and again until something holds.
     *
     * @param what it is, for the message
     * @throws IllegalStateException when it does not hold in time
     */
    public static void until(String what, Duration within, BooleanSupplier holds) {
        long end = System.nanoTime() + within.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(what + ": not within " + within.toSeconds() + " s");
            }
            pause(LOOK_AGAIN);
        }
    }

    /** Does nothing for a while. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
