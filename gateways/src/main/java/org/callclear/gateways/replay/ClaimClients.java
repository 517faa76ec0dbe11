package org.callclear.gateways.replay;

import org.apache.kafka.clients.consumer.Consumer;
import org.callclear.gateways.reports.Outbox;
import org.callclear.schemas.wire.RecordDeserializer;

/**
 * How the memory reaches Kafka.
 *
 * @param ids tells whether the topic is still the same
 * @param consumer reads all that is acknowledged; without a group, and with no place of its own choice to begin at
 * @param outbox writes, acknowledged by all replicas
 * @param deserializer reads values
 */
public record ClaimClients(
        TopicIds ids, Consumer<String, byte[]> consumer, Outbox outbox, RecordDeserializer deserializer) {}
