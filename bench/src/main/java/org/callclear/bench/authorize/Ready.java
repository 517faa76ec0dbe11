package org.callclear.bench.authorize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.callclear.bench.child.JavaChild;

/** How a child process says that it serves: by a file. */
final class Ready {
    private static final long WITHIN_NANOS = 90_000_000_000L;
    private static final long LOOK_AGAIN_MILLIS = 20;

    private Ready() {}

    static void say(Path file) throws IOException {
        Files.writeString(file, "ready\n");
    }

    static void await(JavaChild child, Path file) {
        long until = System.nanoTime() + WITHIN_NANOS;
        while (!Files.exists(file)) {
            if (!child.isAlive() || System.nanoTime() > until) {
                String said = child.tail();
                child.close();
                throw new IllegalStateException("does not serve; it said: " + said);
            }
            try {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
