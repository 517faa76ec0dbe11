package org.callclear.gateways.replay;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Watches that a topic is still the one it was: one that is deleted and made anew has the old name and another id. */
final class TopicIdentity {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Admin admin;
    private final String topic;
    private final Consumer<String> lost;
    private volatile @Nullable Uuid first;
    private long next = System.nanoTime();

    /**
     * @param admin closed by whoever made it
     * @param lost is told once or more why the topic is not what it was
     */
    TopicIdentity(Admin admin, String topic, Consumer<String> lost) {
        this.admin = admin;
        this.topic = topic;
        this.lost = lost;
    }

    /** Asks the cluster when it is time to. Never blocks; no answer is no news. */
    void look() {
        if (System.nanoTime() - next < 0) {
            return;
        }
        next = System.nanoTime() + EVERY.toNanos();
        var unused = admin.describeTopics(List.of(topic))
                .allTopicNames()
                .toCompletionStage()
                .whenComplete((topics, failure) -> seen(topics == null ? null : topics.get(topic), failure));
    }

    private void seen(@Nullable TopicDescription found, @Nullable Throwable failure) {
        if (failure != null) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            if (first != null && cause instanceof UnknownTopicOrPartitionException) {
                lost.accept("topic " + topic + " is gone");
            }
            return;
        }
        if (found != null && first == null) {
            first = found.topicId();
        } else if (found != null && !found.topicId().equals(first)) {
            lost.accept("topic " + topic + " was deleted and made anew");
        }
    }
}
