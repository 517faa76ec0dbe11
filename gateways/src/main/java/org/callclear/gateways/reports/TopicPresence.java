package org.callclear.gateways.reports;

import java.util.concurrent.CompletionStage;

/** Knows whether there is a topic. Asked before a record goes to a carrier that nobody vouched for. */
@FunctionalInterface
public interface TopicPresence {
    /** Whether the topic is there and may be written. Never blocks, never fails: what cannot be found out is a no. */
    CompletionStage<Boolean> exists(String topic);
}
