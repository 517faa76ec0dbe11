package org.callclear.app.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.callclear.schemas.avro.GatewayState;
import org.callclear.schemas.avro.GatewayStatus;
import org.callclear.schemas.topics.Topic;
import org.callclear.schemas.wire.KafkaAccess;
import org.callclear.schemas.wire.RecordDeserializer;
import org.callclear.schemas.wire.RecordDeserializer.Reading;

/** Which token keys each gateway says it has, by the heartbeats of the last seconds. */
final class Believers {
    /** As long as the clearinghouse usually takes a gateway for alive. */
    static final Duration ALIVE_WITHIN = Duration.ofSeconds(10);

    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final Map<String, Map<String, GatewayStatus>> heard = new HashMap<>();

    private Believers() {}

    /**
     * By gateway the keys that all its living instances have; a gateway that does not live, or does not say, is left out.
     *
     * @throws KeyException when the status topics cannot be read
     */
    static SortedMap<String, Set<String>> read(KafkaAccess access, Instant now) {
        Believers believers = new Believers();
        try (KafkaConsumer<String, byte[]> consumer = consumer(access)) {
            believers.read(consumer, new RecordDeserializer(access.registry()), now.minus(ALIVE_WITHIN));
        } catch (KafkaException e) {
            throw new KeyException("the gateways' status topics cannot be read: " + e.getMessage(), e);
        }
        return believers.result();
    }

    private void read(KafkaConsumer<String, byte[]> consumer, RecordDeserializer deserializer, Instant since) {
        long until = System.nanoTime() + WITHIN.toNanos();
        List<TopicPartition> partitions = new ArrayList<>();
        consumer.listTopics(WITHIN).forEach((name, infos) -> {
            if (Topic.GATEWAY_STATUS.pattern().matcher(name).matches()) {
                infos.forEach(info -> partitions.add(new TopicPartition(name, info.partition())));
            }
        });
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, WITHIN);
        Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(times, WITHIN);
        ends.forEach((partition, end) -> {
            OffsetAndTimestamp begin = begins.get(partition);
            consumer.seek(partition, begin == null ? end : begin.offset());
        });
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(200)).forEach(record -> take(deserializer, record));
            if (System.nanoTime() - until > 0) {
                throw new KeyException(
                        "the gateways' status topics could not be read within " + WITHIN.toSeconds() + " s");
            }
        }
    }

    private void take(RecordDeserializer deserializer, ConsumerRecord<String, byte[]> record) {
        if (record.value() != null
                && deserializer.read(record.value()) instanceof Reading.Read read
                && read.value() instanceof GatewayStatus status
                && record.topic().equals("gateway." + status.getGateway() + ".status")) {
            heard.computeIfAbsent(status.getGateway(), gateway -> new HashMap<>())
                    .put(status.getInstance(), status);
        }
    }

    private SortedMap<String, Set<String>> result() {
        SortedMap<String, Set<String>> believed = new TreeMap<>();
        heard.forEach((gateway, instances) -> instances.values().stream()
                .filter(status -> status.getState() != GatewayState.DOWN)
                .filter(status -> status.getTokenKeys() != null)
                .forEach(status -> believed.merge(gateway, new HashSet<>(status.getTokenKeys()), Believers::both)));
        return believed;
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }

    private static KafkaConsumer<String, byte[]> consumer(KafkaAccess access) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", "administration-gateway-status");
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
