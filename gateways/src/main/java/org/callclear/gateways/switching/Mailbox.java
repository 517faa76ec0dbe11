package org.callclear.gateways.switching;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what it is given one after the other, in order, on threads it shares with other mailboxes. */
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final Executor workers;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean working;

    Mailbox(Executor workers) {
        this.workers = workers;
    }

    void post(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (working) {
                return;
            }
            working = true;
        }
        try {
            workers.execute(this::drain);
        } catch (RejectedExecutionException e) {
            LOG.debug("an event came after the gateway had gone down");
        }
    }

    private void drain() {
        while (true) {
            Runnable task;
            synchronized (waiting) {
                task = waiting.poll();
                if (task == null) {
                    working = false;
                    return;
                }
            }
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("an event of a call could not be worked off", e);
            }
        }
    }
}
