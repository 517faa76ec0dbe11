package org.callclear.app.exchange;

import org.apache.kafka.common.KafkaException;
import org.callclear.schemas.call.CarrierId;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;

/** The topic of a carrier's usage records: whoever has one takes part. */
public final class CarrierTopic {
    private CarrierTopic() {}

    /**
     * Looks whether a carrier takes part.
     *
     * @param access of the party {@code administration}
     * @throws ExchangeException when there is no such carrier, or it cannot be told
     */
    public static void require(KafkaAccess access, CarrierId carrier) {
        String topic = Topic.CDRS.of(carrier);
        try (TopicReading reading = TopicReading.open(access, topic)) {
            if (!reading.exists()) {
                throw new ExchangeException(
                        "carrier '" + carrier + "': there is no such carrier (no topic " + topic + ")");
            }
        } catch (KafkaException e) {
            throw new ExchangeException(
                    "carrier '" + carrier + "': cannot be looked up at " + access.bootstrapServers() + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
