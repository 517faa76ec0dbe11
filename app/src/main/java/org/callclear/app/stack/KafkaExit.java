package org.callclear.app.stack;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Kafka ends the process when a broker cannot go on. Inside our process that becomes a failure we hear of first: the
 * broker's thread stops, and who started the broker says in one line why.
 */
final class KafkaExit {
    private final CompletableFuture<String> said = new CompletableFuture<>();

    /** Hears from now on; Kafka keeps this in one place for the whole process, so the latest broker hears. */
    static KafkaExit listen() {
        KafkaExit exit = new KafkaExit();
        Exit.setExitProcedure(exit::stop);
        Exit.setHaltProcedure(exit::stop);
        return exit;
    }

    private void stop(int status, @Nullable String message) {
        said.complete("Kafka ended with status " + status + (message == null ? "" : ": " + message));
        // Kafka's own code takes for granted that the process is gone after this.
        throw new StoppedError();
    }

    /** Done when Kafka wanted to end the process, with what it said. */
    CompletableFuture<String> said() {
        return said;
    }

    /** Ends the thread on which Kafka gave up. */
    private static final class StoppedError extends Error {
        private static final long serialVersionUID = 1L;

        StoppedError() {
            super("the broker stopped", null, false, false);
        }
    }
}
