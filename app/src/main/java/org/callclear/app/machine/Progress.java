package org.callclear.app.machine;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells people what is being done, with the seconds since the beginning. */
public final class Progress {
    private final Consumer<String> lines;
    private final long begun = System.nanoTime();

    /** @param lines takes each line */
    public Progress(Consumer<String> lines) {
        this.lines = lines;
    }

    /** Says something now. */
    public synchronized void say(String what) {
        lines.accept("%5.1f s  %s".formatted(seconds(begun), what));
    }

    /** Does a step, and says it with the seconds it took. */
    public <T> T step(String what, Supplier<T> step) {
        long start = System.nanoTime();
        T result = step.get();
        say("%s (%.1f s)".formatted(what, seconds(start)));
        return result;
    }

    private static double seconds(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
    }
}
