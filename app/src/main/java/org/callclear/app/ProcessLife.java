package org.callclear.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.callclear.app.command.Lifetime;

/** This process: SIGTERM and ctrl-C end what is served, and the process ends when that has closed. */
final class ProcessLife implements Lifetime {
    private static final long CLOSE_WITHIN_SECONDS = 40;

    private final CompletableFuture<String> asked = new CompletableFuture<>();
    private final CompletableFuture<Integer> done = new CompletableFuture<>();

    private ProcessLife() {}

    static ProcessLife begin() {
        ProcessLife life = new ProcessLife();
        Runtime.getRuntime().addShutdownHook(new Thread(life::shutDown, "shutdown"));
        return life;
    }

    private void shutDown() {
        asked.complete("");
        try {
            // The exit code is the command's, not the signal's: it was asked to end, and did.
            Runtime.getRuntime().halt(done.get(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            System.err.println("callclear: did not close within " + CLOSE_WITHIN_SECONDS + " s");
            Runtime.getRuntime().halt(1);
        } catch (ExecutionException | InterruptedException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    @Override
    public void await(CompletableFuture<String> died) {
        try {
            String why = (String) CompletableFuture.anyOf(asked, died).join();
            if (!why.isEmpty()) {
                throw new IllegalStateException(why);
            }
        } catch (CompletionException e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The command is over: ends the process. */
    void end(int code) {
        done.complete(code);
        System.exit(code);
    }
}
