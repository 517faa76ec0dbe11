package org.callclear.settlement;

import java.util.concurrent.CompletableFuture;

/** Settlement of one instance: intake and the stream job. */
public final class Settlement implements AutoCloseable {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private Settlement() {}

    /**
     * Starts intake and the stream job, and returns when both serve.
     *
     * @throws IllegalStateException with one clear line when they cannot
     */
    public static Settlement start(SettlementConfig config) {
        throw new IllegalStateException("settlement cannot start yet: " + config.stateDirectory());
    }

    /** Done when it was closed; completed exceptionally when a part of it died, which the process should not outlive. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        ended.complete(null);
    }
}
