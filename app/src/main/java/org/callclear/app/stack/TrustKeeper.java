package org.callclear.app.stack;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks, while the stack runs, for certificates and the list of revoked ones that are due. */
final class TrustKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrustKeeper.class);

    /** Often, for a machine may wake up after days of sleep with a list that is out of date. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final ScheduledExecutorService thread;

    private TrustKeeper(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    static TrustKeeper start(LocalTrust trust) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread made = new Thread(task, "trust-keeper");
            made.setDaemon(true);
            return made;
        });
        var unused = thread.scheduleWithFixedDelay(
                () -> keep(trust), PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        return new TrustKeeper(thread);
    }

    /** What fails is tried again: an identity has a third of its life for that, the list six days. */
    private static void keep(LocalTrust trust) {
        try {
            trust.keep();
        } catch (RuntimeException e) {
            LOG.warn("certificates cannot be renewed now: {}", StackException.rootOf(e));
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
