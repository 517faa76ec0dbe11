package org.callclear.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static final Duration WITHIN = Duration.ofMillis(20);

    private final CompletableFuture<Void> done = new CompletableFuture<>();

    @Test
    void whatMovesIsWaitedForThoughItTakesLonger() throws Exception {
        AtomicInteger looks = new AtomicInteger();

        Readiness.await(done, WITHIN, () -> {
            if (looks.incrementAndGet() == 5) {
                done.complete(null);
            }
            return looks.get();
        });

        assertThat(looks).hasValue(5);
    }

    @Test
    void whatMovesNoMoreIsNotWaitedForAnyLonger() {
        AtomicInteger looks = new AtomicInteger();

        assertThatThrownBy(() -> Readiness.await(done, WITHIN, () -> Math.min(3, looks.incrementAndGet())))
                .isInstanceOf(TimeoutException.class);

        assertThat(looks).hasValue(4);
    }

    @Test
    void whatFailsIsNotWaitedFor() {
        done.completeExceptionally(new IllegalStateException());

        assertThatThrownBy(() -> Readiness.await(done, Duration.ofMinutes(1), () -> 0))
                .isInstanceOf(ExecutionException.class);
    }
}
