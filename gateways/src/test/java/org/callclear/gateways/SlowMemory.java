package org.callclear.gateways;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.callclear.schemas.call.TransactionId;
import org.callclear.tokens.ReplayMemory;

/** A memory that remembers at once until a test lets it wait for its answers. */
public final class SlowMemory implements ReplayMemory {
    private final Map<TransactionId, CompletableFuture<Use>> asked = new LinkedHashMap<>();
    private boolean slow;

    /** From now on answers come when {@link #answer} says so. */
    public synchronized void slowDown() {
        slow = true;
    }

    /** How many uses were asked for. */
    public synchronized int asked() {
        return asked.size();
    }

    /** Gives the answer to the use of a token. */
    public void answer(String transaction, Use use) {
        CompletableFuture<Use> waiting;
        synchronized (this) {
            waiting = Objects.requireNonNull(asked.get(new TransactionId(transaction)));
        }
        waiting.complete(use);
    }

    /** The use of a token ends in a fault, which no memory should have. */
    public void fail(String transaction, RuntimeException fault) {
        CompletableFuture<Use> waiting;
        synchronized (this) {
            waiting = Objects.requireNonNull(asked.get(new TransactionId(transaction)));
        }
        waiting.completeExceptionally(fault);
    }

    @Override
    public synchronized CompletableFuture<Use> use(TransactionId id, Instant issued, Instant expires) {
        if (asked.containsKey(id)) {
            return CompletableFuture.completedFuture(Use.REPEATED);
        }
        CompletableFuture<Use> answer = slow ? new CompletableFuture<>() : CompletableFuture.completedFuture(Use.FIRST);
        asked.put(id, answer);
        return answer;
    }

    @Override
    public void close() {}
}
