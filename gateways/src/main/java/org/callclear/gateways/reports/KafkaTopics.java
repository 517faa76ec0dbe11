package org.callclear.gateways.reports;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;

/** Asks the cluster, and remembers the answers for a while. */
public final class KafkaTopics implements TopicPresence {
    private static final Duration NO_HOLDS_FOR = Duration.ofSeconds(10);
    private static final int REMEMBERED = 1_000;

    private final Admin admin;
    private final Clock clock;
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    /** @param admin closed by whoever made it */
    public KafkaTopics(Admin admin, Clock clock) {
        this.admin = admin;
        this.clock = clock;
    }

    private record Answer(boolean exists, Instant at) {}

    @Override
    public CompletionStage<Boolean> exists(String topic) {
        Answer known = known(topic);
        if (known != null
                && (known.exists() || clock.instant().isBefore(known.at().plus(NO_HOLDS_FOR)))) {
            return CompletableFuture.completedFuture(known.exists());
        }
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .toCompletionStage()
                .handle((description, failure) -> remember(topic, failure == null));
    }

    private synchronized @org.jspecify.annotations.Nullable Answer known(String topic) {
        return answers.get(topic);
    }

    private synchronized boolean remember(String topic, boolean exists) {
        if (answers.size() >= REMEMBERED) {
            answers.clear(); // a flood of made-up names costs memory for so many only
        }
        answers.put(topic, new Answer(exists, clock.instant()));
        return exists;
    }
}
