package org.callclear.bench.authorize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.callclear.bench.child.JavaChild;

/** How a child process says that it serves: by a file. */
final class Ready {
    private static final Duration WITHIN = Duration.ofSeconds(90);

    private Ready() {}

    static void say(Path file) throws IOException {
        Files.writeString(file, "ready\n");
    }

    static void await(JavaChild child, Path file) {
        try {
            child.await("ready", file, WITHIN);
        } catch (IllegalStateException e) {
            child.close();
            throw e;
        }
    }
}
