package org.callclear.app.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.callclear.schemas.wire.KafkaAccess;

/** Reads what is committed to one topic, between given places, without a group. */
final class TopicReading implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaAccess access;
    private final String topic;
    private final KafkaConsumer<String, byte[]> consumer;

    private TopicReading(KafkaAccess access, String topic) {
        this.access = access;
        this.topic = topic;
        this.consumer = consumer(access, "read_committed");
    }

    static TopicReading open(KafkaAccess access, String topic) {
        return new TopicReading(access, topic);
    }

    /** Whether the topic is there. */
    boolean exists() {
        return consumer.listTopics(WITHIN).containsKey(topic);
    }

    /** Where each partition begins. */
    Map<Integer, Long> beginnings() {
        return byPartition(consumer.beginningOffsets(partitions(), WITHIN));
    }

    /** Up to where everything is decided: transactions that are open end it. */
    Map<Integer, Long> committedEnds() {
        return byPartition(consumer.endOffsets(partitions(), WITHIN));
    }

    /** Up to where anything was written, decided or not. */
    Map<Integer, Long> writtenEnds() {
        try (KafkaConsumer<String, byte[]> uncommitted = consumer(access, "read_uncommitted")) {
            return byPartition(uncommitted.endOffsets(partitions(), WITHIN));
        }
    }

    /**
     * Reads one partition after the other, each in its order.
     *
     * @param from the first offset of each partition
     * @param to the offset after the last; when a transaction stands open before it, its end is waited for
     * @throws ExchangeException when nothing comes for 30 s
     */
    void read(Map<Integer, Long> from, Map<Integer, Long> to, Consumer<ConsumerRecord<String, byte[]>> take) {
        new TreeMap<>(to).forEach((partition, end) -> {
            long begin = from.getOrDefault(partition, 0L);
            if (begin < end) {
                readOne(new TopicPartition(topic, partition), begin, end, take);
            }
        });
    }

    private void readOne(TopicPartition partition, long from, long to, Consumer<ConsumerRecord<String, byte[]>> take) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        long position = from;
        long since = System.nanoTime();
        while (position < to) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < to) {
                    take.accept(record);
                }
            }
            long next = consumer.position(partition, WITHIN);
            if (next > position) {
                since = System.nanoTime();
            } else if (System.nanoTime() - since > WITHIN.toNanos()) {
                throw new ExchangeException(
                        partition + " cannot be read from offset " + position + " to " + to + ": nothing came for "
                                + WITHIN.toSeconds() + " s; is another import or export being written?");
            }
            position = next;
        }
    }

    private List<TopicPartition> partitions() {
        return consumer.partitionsFor(topic, WITHIN).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private static Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> byPartition = new TreeMap<>();
        offsets.forEach((partition, offset) -> byPartition.put(partition.partition(), offset));
        return byPartition;
    }

    private static KafkaConsumer<String, byte[]> consumer(KafkaAccess access, String isolation) {
        Map<String, Object> settings = access.clientSettings();
        settings.put("client.id", "usage-reader-" + isolation);
        settings.put("isolation.level", isolation);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("allow.auto.create.topics", false);
        settings.put("max.poll.records", 2_000);
        settings.put("fetch.max.bytes", 8 << 20);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
