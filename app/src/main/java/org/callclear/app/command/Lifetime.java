package org.callclear.app.command;

import java.util.concurrent.CompletableFuture;

/** How long a command that serves is to serve. */
@FunctionalInterface
public interface Lifetime {
    /**
     * Returns when the process is asked to end.
     *
     * @param died done with one line when what is served stopped by itself
     * @throws IllegalStateException with that line, then
     */
    void await(CompletableFuture<String> died);
}
