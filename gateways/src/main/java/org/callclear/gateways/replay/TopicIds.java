package org.callclear.gateways.replay;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;

/** Tells topics of one name apart: one that is deleted and made anew has another id. */
@FunctionalInterface
public interface TopicIds {
    /**
     * The id of the topic that has this name now. Never blocks; exceptionally with Kafka's {@code
     * UnknownTopicOrPartitionException} when there is none.
     */
    CompletionStage<Uuid> of(String topic);

    /** Asks the cluster. */
    static TopicIds askedOf(Admin admin) {
        return topic -> admin.describeTopics(List.of(topic))
                .allTopicNames()
                .toCompletionStage()
                .thenApply(topics -> Objects.requireNonNull(topics.get(topic)).topicId());
    }
}
