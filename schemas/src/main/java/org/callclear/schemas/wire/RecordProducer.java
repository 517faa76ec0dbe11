package org.callclear.schemas.wire;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes producers as the call path needs them: idempotent, acknowledged by all replicas, sent at once. */
public final class RecordProducer {
    /** Room for the answers of a partition that wait for a round trip: a dozen and a half of 3.6 kB. */
    private static final int BATCH_BYTES = 64 << 10;

    private RecordProducer() {}

    /**
     * A producer without transactions.
     *
     * @param clientId a name for the broker's metrics and logs
     */
    public static Producer<String, SpecificRecord> open(KafkaAccess access, String clientId) {
        return open(access, clientId, new RecordSerializer(access.registry()));
    }

    /**
     * A producer without transactions that writes with a serializer of the caller's, which may have looked up all its
     * schemas already: the first record of a kind then waits for nothing.
     *
     * @param clientId a name for the broker's metrics and logs
     */
    public static Producer<String, SpecificRecord> open(
            KafkaAccess access, String clientId, RecordSerializer serializer) {
        return new KafkaProducer<>(settings(access, clientId), new StringSerializer(), serializer);
    }

    /**
     * The same for a party that answers many, with {@link #settingsForMany}.
     *
     * @param clientId a name for the broker's metrics and logs
     */
    public static Producer<String, SpecificRecord> openForMany(
            KafkaAccess access, String clientId, RecordSerializer serializer) {
        return new KafkaProducer<>(settingsForMany(access, clientId), new StringSerializer(), serializer);
    }

    /**
     * The settings of a producer for many: one request at a time is under way to each broker, and what is sent meanwhile goes
     * together in the next. Alone, a record is sent at once as with the others; among many, it waits for a round trip at
     * most, as long as all fit in one request (see {@code docs/decisions/0037-what-an-authorization-costs.md}).
     *
     * @param clientId a name for the broker's metrics and logs
     */
    public static Map<String, Object> settingsForMany(KafkaAccess access, String clientId) {
        Map<String, Object> settings = settings(access, clientId);
        settings.put("max.in.flight.requests.per.connection", 1);
        settings.put("batch.size", BATCH_BYTES);
        return settings;
    }

    /**
     * The settings of a producer of the call path, for those who write something else than records with it.
     *
     * @param clientId a name for the broker's metrics and logs
     */
    public static Map<String, Object> settings(KafkaAccess access, String clientId) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", clientId);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        // The default of 5 ms would be spent on every hop of every call set-up.
        settings.put("linger.ms", 0);
        settings.put("delivery.timeout.ms", 30_000);
        settings.put("request.timeout.ms", 5_000);
        settings.put("max.block.ms", 5_000);
        return settings;
    }
}
