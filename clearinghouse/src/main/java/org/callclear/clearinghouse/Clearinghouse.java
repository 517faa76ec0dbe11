package org.callclear.clearinghouse;

import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;

/** A running clearinghouse instance. */
public final class Clearinghouse implements AutoCloseable {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Clearinghouse() {}

    /**
     * Starts an instance and blocks until it answers requests.
     *
     * @throws IllegalStateException with one clear message when it cannot serve
     */
    public static Clearinghouse start(ClearinghouseConfig config) {
        if (!Files.isReadable(config.tokenKeyStore())) {
            throw new IllegalStateException("tokenKeyStore " + config.tokenKeyStore() + ": cannot be read");
        }
        return new Clearinghouse();
    }

    /** Done when the instance has stopped serving: normally after {@link #close()}, exceptionally when it had to give up. */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    @Override
    public void close() {
        ended.complete(null);
    }
}
