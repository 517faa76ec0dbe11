package org.callclear.gateways.replay;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Watches that a topic is still the one it was: one that is deleted and made anew has the old name and another id. */
final class TopicIdentity {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration ASK_WITHIN = Duration.ofSeconds(20);

    private final TopicIds ids;
    private final String topic;
    private final Uuid first;
    private final Consumer<String> lost;
    private long next = System.nanoTime();

    /**
     * @param first the topic's id, asked for before anything was read of it
     * @param lost is told once or more why the topic is not what it was
     */
    TopicIdentity(TopicIds ids, String topic, Uuid first, Consumer<String> lost) {
        this.ids = ids;
        this.topic = topic;
        this.first = first;
        this.lost = lost;
    }

    /**
     * Asks which topic it is now, and waits for the answer.
     *
     * @throws IllegalStateException when there is none
     */
    static Uuid ask(TopicIds ids, String topic) {
        try {
            return ids.of(topic).toCompletableFuture().get(ASK_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("topic " + topic + ": interrupted while its id was asked for", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException("topic " + topic + " has no id: " + cause.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "topic " + topic + ": kafka does not tell its id within " + ASK_WITHIN.toSeconds() + " s", e);
        }
    }

    /** Asks the cluster when it is time to. Never blocks; no answer is no news. */
    void look() {
        if (System.nanoTime() - next < 0) {
            return;
        }
        next = System.nanoTime() + EVERY.toNanos();
        var unused = ids.of(topic).whenComplete(this::seen);
    }

    private void seen(@Nullable Uuid now, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof UnknownTopicOrPartitionException) {
            lost.accept("topic " + topic + " is gone");
        } else if (now != null && !now.equals(first)) {
            lost.accept("topic " + topic + " was deleted and made anew");
        }
    }
}
